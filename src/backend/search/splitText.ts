/** How a text is cut, in UTF-16 units. */
export interface Splitting {
  /** The longest a passage may be. */
  size: number;
  /** How much of a passage the next one repeats, so that no sentence is lost in a cut. At most half the size. */
  overlap: number;
}

/** About 400 tokens a passage: a few paragraphs, small enough to be quoted and large enough to be understood. */
export const SPLITTING: Splitting = { size: 1600, overlap: 240 };

/** Where to cut rather than anywhere: before a heading, between paragraphs, lines, sentences, words. */
const BREAKS = [/\n(?=#{1,6} )/g, /\n{2,}/g, /\n/g, /[.!?。！？]["'”’)\]]?\s+|[。！？]/g, /\s+/g];

/** A text as passages, in their order; together they hold every word of it. */
export function* splitText(
  text: string,
  { size, overlap }: Splitting = SPLITTING,
): Generator<string, void, void> {
  let start = 0;
  while (start < text.length) {
    const end = text.length - start <= size ? text.length : cutIn(text, start, start + size);
    const passage = text.slice(start, end).trim();
    if (passage !== '') yield passage;
    if (end === text.length) return;
    // However much is to be repeated, each passage brings a good part of new text.
    start = startOfWord(text, Math.max(end - overlap, start + Math.ceil(size / 4)), end);
  }
}

/** The last good place in the second half of a window, the kind of place counting more than how far back it is. */
function cutIn(text: string, start: number, end: number): number {
  const from = start + Math.ceil((end - start) / 2);
  const half = text.slice(from, end);
  for (const pattern of BREAKS) {
    const last = [...half.matchAll(pattern)].at(-1);
    if (last !== undefined) return from + last.index + last[0].length;
  }
  // Not between the two halves of a character.
  return isLowSurrogate(text, end) ? end - 1 : end;
}

function startOfWord(text: string, wanted: number, latest: number): number {
  for (let at = wanted; at < latest; at++) if (/\s/.test(text.charAt(at - 1))) return at;
  return isLowSurrogate(text, wanted) ? wanted + 1 : wanted;
}

function isLowSurrogate(text: string, at: number): boolean {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at));
}
