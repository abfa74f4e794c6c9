/** Rules for splitting a text into passages. All lengths are in UTF-16 units. */
export interface Splitting {
  /** Maximum length of a passage. */
  size: number;
  /** Length of the text that a passage repeats from the previous one, so that no sentence is lost. At most half the size. */
  overlap: number;
}

/** Default rules: about 400 tokens, short enough to quote and long enough to understand. */
export const SPLITTING: Splitting = { size: 1600, overlap: 240 };

/** Preferred split positions, best first: before a heading, between paragraphs, lines, sentences, words. */
const BREAKS = [/\n(?=#{1,6} )/g, /\n{2,}/g, /\n/g, /[.!?。！？]["'”’)\]]?\s+|[。！？]/g, /\s+/g];

/** Yields the passages of a text in their order. Together they contain all words. */
export function* splitText(
  text: string,
  { size, overlap }: Splitting = SPLITTING,
): Generator<string, void, void> {
  let start = 0;
  while (start < text.length) {
    const end = text.length - start <= size ? text.length : findSplit(text, start, start + size);
    const passage = text.slice(start, end).trim();
    if (passage !== '') yield passage;
    if (end === text.length) return;
    // At least a quarter of each passage is new text, even with a large overlap.
    start = findWordStart(text, Math.max(end - overlap, start + Math.ceil(size / 4)), end);
  }
}

/** Returns the last position of the best kind of break in the second half of a window. */
function findSplit(text: string, start: number, end: number): number {
  const middle = start + Math.ceil((end - start) / 2);
  const secondHalf = text.slice(middle, end);
  for (const pattern of BREAKS) {
    const last = [...secondHalf.matchAll(pattern)].at(-1);
    if (last !== undefined) return middle + last.index + last[0].length;
  }
  // Avoids splitting a surrogate pair.
  return isLowSurrogate(text, end) ? end - 1 : end;
}

/** Returns the first start of a word from `from` on and before `end`, or `from` if there is none. */
function findWordStart(text: string, from: number, end: number): number {
  for (let position = from; position < end; position++)
    if (/\s/.test(text.charAt(position - 1))) return position;
  return isLowSurrogate(text, from) ? from + 1 : from;
}

function isLowSurrogate(text: string, position: number): boolean {
  return /[\uDC00-\uDFFF]/.test(text.charAt(position));
}
