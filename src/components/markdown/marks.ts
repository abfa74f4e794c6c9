import type { ReactNode } from 'react';
import { REPLACEMENT_CHARACTER, RESERVED_CHARACTER } from './parse/decodeText.js';

/** Passage of a text that is replaced, such as a citation or the path of a file. */
export interface TextMark {
  /** Identifies what is rendered: marks with the same key look the same. A mark that changes needs another key. */
  key: string;
  /** Position of the first character, in UTF-16 units. Marks are in text order and do not overlap. */
  start: number;
  /** Position after the last character. */
  end: number;
  /** Rendered in place of the passage. */
  node: ReactNode;
  /** Rendered in place of a link to the passage. Receives the text of the link. @default the text of the link */
  link?: ((children: ReactNode) => ReactNode) | undefined;
}

/** Mark and its passage. */
export interface PlacedMark extends TextMark {
  passage: string;
}

// A placeholder is a number between ⸨ and ⸩, because emphasis opens and closes next to punctuation. The reserved
// character is removed from the text before, so that no text can forge a placeholder.
const OPEN = `\u2e28${RESERVED_CHARACTER}`;
const CLOSE = '\u2e29';
const PLACEHOLDER = new RegExp(`${OPEN}(\\d{1,6})${CLOSE}`);

/** Replaces each marked passage by a placeholder that the parser leaves unchanged. */
export function insertMarks(text: string, marks: readonly TextMark[]): string {
  const cleanText = text.replaceAll(RESERVED_CHARACTER, REPLACEMENT_CHARACTER);
  let result = '';
  let position = 0;
  marks.forEach(({ start, end }, index) => {
    result += cleanText.slice(position, start) + OPEN + String(index) + CLOSE;
    position = end;
  });
  return result + cleanText.slice(position);
}

/** Returns true if a text may contain placeholders. */
export function hasMarks(text: string): boolean {
  return text.includes(RESERVED_CHARACTER);
}

/** Text without marks, or a mark. */
export type MarkedPiece =
  { text: string; mark?: undefined } | { mark: PlacedMark; text?: undefined };

/** Splits text at its placeholders. */
export function splitMarks(text: string, marks: readonly PlacedMark[]): MarkedPiece[] {
  if (marks.length === 0) return [{ text }];
  const pieces: MarkedPiece[] = [];
  // The expression has a group, so every second part is the number of a mark.
  text.split(PLACEHOLDER).forEach((part, index) => {
    if (index % 2 === 0) {
      if (part !== '') pieces.push({ text: part });
      return;
    }
    const mark = marks[Number(part)];
    if (mark !== undefined) pieces.push({ mark });
  });
  return pieces;
}

/** Replaces placeholders by their passages, where a mark cannot be rendered, such as in code. */
export function removeMarks(text: string, marks: readonly PlacedMark[]): string {
  return splitMarks(text, marks)
    .map((piece) => piece.text ?? piece.mark.passage)
    .join('');
}

/** Returns the mark if an address is a placeholder and nothing else. */
export function findLinkMark(
  address: string,
  marks: readonly PlacedMark[],
): PlacedMark | undefined {
  const [first, ...others] = splitMarks(address, marks);
  return others.length === 0 ? first?.mark : undefined;
}

/** Adds the passages to marks. Returns the previous marks if they look the same, so that their blocks do not render again. */
export function placeMarks(
  text: string,
  marks: readonly TextMark[],
  previous: readonly PlacedMark[],
): readonly PlacedMark[] {
  const placed = marks.map((mark) => ({ ...mark, passage: text.slice(mark.start, mark.end) }));
  const isSame =
    placed.length === previous.length &&
    placed.every((mark, index) => looksSame(mark, previous[index]));
  return isSame ? previous : placed;
}

function looksSame(mark: PlacedMark, other: PlacedMark | undefined): boolean {
  return mark.key === other?.key && mark.start === other.start && mark.passage === other.passage;
}
