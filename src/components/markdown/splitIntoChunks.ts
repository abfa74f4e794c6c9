/** Text up to this many UTF-16 units is one chunk. */
const CHUNK = 1_500;
/** A chunk ends at the last line break or blank of this share of it. */
const REACH = 0.75;

/**
 * Cuts text into chunks that are laid out one by one: the browser takes seconds for a paragraph of a hundred thousand
 * characters that change direction. Chunks end behind a line break where there is one, else behind a blank, else anywhere but
 * within a character or a mark. Put together they are the text.
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

/** Characters that are made of many are looked at this far, in UTF-16 units. */
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
  // A character that begins where the look began may have begun before.
  const index = new Intl.Segmenter().segment(text.slice(from)).containing(LOOKAHEAD)?.index ?? 0;
  return index > 0 ? from + index : CHUNK;
}
