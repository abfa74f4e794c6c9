/** Maximum length of a chunk in UTF-16 units. */
const CHUNK_LENGTH = 1_500;
/** Minimum length of a chunk that ends at a line break or a space. */
const MIN_LENGTH = 375;
/** Maximum length of a combined character that is not split, in UTF-16 units. */
const MAX_CHARACTER = 64;

/** Matches the start of a placeholder at the end of a chunk: see `insertMarks`. */
const SPLIT_PLACEHOLDER = /\u2e28\ue000?\d{0,6}$/;

/**
 * Splits text into chunks that are laid out separately: browsers need seconds for a paragraph of a hundred thousand characters
 * with changing directions. A chunk ends after a line break, otherwise after a space, otherwise anywhere except within a character
 * or a placeholder. The joined chunks are the text.
 */
export function splitIntoChunks(text: string): string[] {
  const chunks: string[] = [];
  let start = 0;
  while (text.length - start > CHUNK_LENGTH) {
    const end = start + getChunkLength(text.slice(start, start + CHUNK_LENGTH + MAX_CHARACTER));
    chunks.push(text.slice(start, end));
    start = end;
  }
  chunks.push(text.slice(start));
  return chunks;
}

function getChunkLength(text: string): number {
  const chunk = text.slice(0, CHUNK_LENGTH);
  for (const separator of ['\n', ' ']) {
    const end = chunk.lastIndexOf(separator) + 1;
    if (end >= MIN_LENGTH) return end;
  }
  const placeholder = SPLIT_PLACEHOLDER.exec(chunk);
  if (placeholder !== null) return placeholder.index;
  const searchStart = CHUNK_LENGTH - MAX_CHARACTER;
  const segments = new Intl.Segmenter().segment(text.slice(searchStart));
  const index = segments.containing(MAX_CHARACTER)?.index ?? 0;
  // A character at the start of the searched text may have started before it.
  return index > 0 ? searchStart + index : CHUNK_LENGTH;
}
