/** Maximum length of a chunk, in UTF-16 units. */
const CHUNK = 1_500;
/** A chunk ends at the last line break or space in this share of it. */
const REACH = 0.75;

/**
 * Splits text into chunks that are laid out one by one: browsers take seconds for a bidirectional paragraph of a hundred thousand
 * characters. Chunks end after a line break if possible, else after a space, else anywhere but within a character or a mark.
 * Joined, they are the text.
 */
export function splitIntoChunks(text: string): string[] {
  const chunks: string[] = [];
  let start = 0;
  while (text.length - start > CHUNK) {
    const end = start + endOf(text.slice(start, start + CHUNK + LOOKAHEAD));
    chunks.push(text.slice(start, end));
    start = end;
  }
  chunks.push(text.slice(start));
  return chunks;
}

/** How far a combined character is searched for its end, in UTF-16 units. */
const LOOKAHEAD = 64;
const HALF_MARK = /\u2e28\ue000?\d{0,6}$/;

function endOf(text: string): number {
  const chunk = text.slice(0, CHUNK);
  const least = CHUNK * (1 - REACH);
  for (const separator of ['\n', ' ']) {
    const end = chunk.lastIndexOf(separator) + 1;
    if (end >= least) return end;
  }
  const mark = HALF_MARK.exec(chunk);
  if (mark !== null) return mark.index;
  const from = CHUNK - LOOKAHEAD;
  // A character at the start of the searched text may have begun earlier.
  const index = new Intl.Segmenter().segment(text.slice(from)).containing(LOOKAHEAD)?.index ?? 0;
  return index > 0 ? from + index : CHUNK;
}
