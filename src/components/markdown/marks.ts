import type { ReactNode } from 'react';

/** A passage of the text that stands for something else: a citation, the address of a file. */
export interface TextMark {
  /** Marks of one key look the same; a changed mark needs another key to be shown. */
  key: string;
  /** Where it begins and ends, in UTF-16 units. Marks come in order and do not overlap. */
  start: number;
  end: number;
  /** Shown in place of the passage. */
  node: ReactNode;
  /** Shown in place of a link that has the passage as its address; its text is given. Without it the text alone is shown. */
  link?: ((children: ReactNode) => ReactNode) | undefined;
}

/** A mark that remembers the passage it stands for. */
export interface PlacedMark extends TextMark {
  passage: string;
}

// Punctuation outside, so that emphasis opens and closes beside a mark as it does beside the brackets it stands for; a
// private character inside, which is taken out of the text before, so that no text can forge a mark.
const OPEN = '\u2e28\ue000';
const CLOSE = '\u2e29';
const MARK = /\u2e28\ue000(\d{1,6})\u2e29/;

/** The text with each marked passage replaced by a short token that passes through the parser untouched. */
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

/** A piece of text between marks, or a mark. */
export type MarkedPiece =
  { text: string; mark?: undefined } | { mark: PlacedMark; text?: undefined };

/** Takes text apart at its marks. */
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

/** The text as it was before `insertMarks`, for places where a mark has no meaning, such as code. */
export function removeMarks(text: string, marks: readonly PlacedMark[]): string {
  return splitMarks(text, marks)
    .map((piece) => piece.text ?? piece.mark.passage)
    .join('');
}

/** The mark that is a whole address. */
export function findLinkMark(
  address: string,
  marks: readonly PlacedMark[],
): PlacedMark | undefined {
  const [first, ...rest] = splitMarks(address, marks);
  return rest.length === 0 ? first?.mark : undefined;
}

/** Keeps the previous marks where the new ones look the same, so that blocks which hold them need not render again. */
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
