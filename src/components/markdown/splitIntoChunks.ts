/** From this length on, in UTF-16 units, a chunk ends after a line break. */
const LINES_LENGTH = 700;
/** From this length on, a chunk ends after a space. */
const WORDS_LENGTH = 1_400;
/** At this length, a chunk ends after any character. */
const MAX_LENGTH = 1_500;
/** Maximum length of a combined character that is not split, in UTF-16 units. */
const MAX_CHARACTER = 64;

/** Matches the start of a placeholder at the end of a chunk: see `insertMarks`. */
const SPLIT_PLACEHOLDER = /\u2e28\ue000?\d{0,6}$/;

/**
 * Splits text into chunks that are laid out separately: browsers need seconds for a paragraph of a hundred thousand characters
 * with changing directions. A chunk ends after a line break, otherwise after a space, otherwise anywhere except within a character
 * or a placeholder. The joined chunks are the text. The text before the end of a chunk decides about it, so that chunks of a
 * growing text stay.
 */
export function splitIntoChunks(text: string): string[] {
  const chunks: string[] = [];
  let start = 0;
  do {
    const end = start + getChunkLength(text.slice(start, start + MAX_LENGTH + MAX_CHARACTER));
    chunks.push(text.slice(start, end));
    start = end;
  } while (start < text.length);
  return chunks;
}

/** @param text Text from the start of the chunk. */
function getChunkLength(text: string): number {
  const ends = [
    text.indexOf('\n', LINES_LENGTH - 1) + 1,
    text.indexOf(' ', WORDS_LENGTH - 1) + 1,
    text.length > MAX_LENGTH ? getCharacterStart(text) : text.length,
  ];
  return Math.min(...ends.filter((end) => end > 0), text.length);
}

/** Returns the start of the character or placeholder at the maximum length. */
function getCharacterStart(text: string): number {
  const placeholder = SPLIT_PLACEHOLDER.exec(text.slice(0, MAX_LENGTH));
  if (placeholder !== null) return placeholder.index;
  const searchStart = MAX_LENGTH - MAX_CHARACTER;
  const segments = new Intl.Segmenter().segment(text.slice(searchStart));
  const index = segments.containing(MAX_CHARACTER)?.index ?? 0;
  // A character at the start of the searched text may have started before it.
  return index > 0 ? searchStart + index : MAX_LENGTH;
}
