import type { ReactNode } from 'react';

/** A passage of the text that is replaced, such as a citation or the path of a file. */
export interface TextMark {
  /** Marks with the same key render the same. A changed mark needs a new key. */
  key: string;
  /** Start and end, in UTF-16 units. Marks are in text order and do not overlap. */
  start: number;
  end: number;
  /** Rendered in place of the passage. */
  node: ReactNode;
  /** Rendered in place of a link whose URL is the passage. Receives the text of the link. @default the text */
  link?: ((children: ReactNode) => ReactNode) | undefined;
}

/** A mark with its passage. */
export interface PlacedMark extends TextMark {
  passage: string;
}

// Punctuation outside, so that emphasis opens and closes next to a mark as it does next to brackets. A private-use character
// inside, which is removed from the text first, so that no text can forge a mark.
const OPEN = '\u2e28\ue000';
const CLOSE = '\u2e29';
const MARK = /\u2e28\ue000(\d{1,6})\u2e29/;

/** Replaces each marked passage with a short token that the parser leaves unchanged. */
export function insertMarks(text: string, marks: readonly TextMark[]): string {
  const clean = text.replaceAll('\ue000', '\ufffd');
  let result = '';
  let at = 0;
  marks.forEach((mark, index) => {
    result += clean.slice(at, mark.start) + OPEN + String(index) + CLOSE;
    at = mark.end;
  });
  return result + clean.slice(at);
}

/** Text between marks, or a mark. */
export type MarkedPiece =
  { text: string; mark?: undefined } | { mark: PlacedMark; text?: undefined };

/** Splits text at its marks. */
export function splitMarks(text: string, marks: readonly PlacedMark[]): MarkedPiece[] {
  if (marks.length === 0) return [{ text }];
  const pieces: MarkedPiece[] = [];
  text.split(MARK).forEach((part, position) => {
    if (position % 2 === 0) {
      if (part !== '') pieces.push({ text: part });
      return;
    }
    const mark = marks[Number(part)];
    if (mark !== undefined) pieces.push({ mark });
  });
  return pieces;
}

/** Restores the text before `insertMarks`, for places without marks, such as code. */
export function removeMarks(text: string, marks: readonly PlacedMark[]): string {
  return splitMarks(text, marks)
    .map((piece) => piece.text ?? piece.mark.passage)
    .join('');
}

/** Finds the mark that makes up a whole URL. */
export function findLinkMark(
  address: string,
  marks: readonly PlacedMark[],
): PlacedMark | undefined {
  const [first, ...rest] = splitMarks(address, marks);
  return rest.length === 0 ? first?.mark : undefined;
}

/** Keeps the previous marks if the new ones are equal, so that their blocks do not render again. */
export function placeMarks(
  text: string,
  marks: readonly TextMark[],
  previous: readonly PlacedMark[],
): readonly PlacedMark[] {
  const placed = marks.map((mark) => ({ ...mark, passage: text.slice(mark.start, mark.end) }));
  const isSame =
    placed.length === previous.length &&
    placed.every((mark, index) => {
      const before = previous[index];
      return (
        before?.key === mark.key && before.start === mark.start && before.passage === mark.passage
      );
    });
  return isSame ? previous : placed;
}
