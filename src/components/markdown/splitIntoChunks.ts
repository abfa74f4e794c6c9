/** From this length on, in UTF-16 units, a chunk ends after a line break. */
const LINES_LENGTH = 700;
/** At this length, a chunk ends without a line break, which the user sees as one. */
const MAX_LENGTH = 50_000;
/** The same for text with characters that take several times as long to lay out. */
const MAX_COMPLEX_LENGTH = 10_000;
const COMPLEX_CHARACTER = /[\p{M}\u200d\u202a-\u202e\u2066-\u2069]/u;
/** Length of a piece of a chunk. */
const PIECE_LENGTH = 1_500;
/** Maximum length of a combined character that is not split, in UTF-16 units. */
const MAX_CHARACTER = 64;

/** Matches the start of a placeholder at the end of a piece: see `insertMarks`. */
const SPLIT_PLACEHOLDER = /\u2e28\ue000?\d{0,6}$/;

/** Text that is laid out separately, in pieces that are rendered as one line of text. */
export type TextChunk = readonly string[];

/**
 * Splits text into chunks that are laid out separately: browsers need seconds for a paragraph of a hundred thousand
 * characters with changing directions. A chunk ends after a line break, because the next one starts a line, and
 * otherwise only at a length that people do not write. Its pieces limit what is rewritten when text grows, and never
 * end within a character or a placeholder. The joined pieces are the text. The text before the end of a chunk or piece
 * decides about it, so that those of a growing text stay.
 */
export function splitIntoChunks(text: string): TextChunk[] {
  const chunks: TextChunk[] = [];
  let start = 0;
  do {
    const chunk = splitIntoPieces(text.slice(start, start + getChunkLength(text, start)));
    chunks.push(chunk);
    for (const piece of chunk) start += piece.length;
  } while (start < text.length);
  return chunks;
}

function getChunkLength(text: string, start: number): number {
  const isComplex = COMPLEX_CHARACTER.test(text.slice(start, start + MAX_COMPLEX_LENGTH));
  const maxLength = isComplex ? MAX_COMPLEX_LENGTH : MAX_LENGTH;
  const rest = text.slice(start, start + maxLength + MAX_CHARACTER);
  const lineEnd = rest.indexOf('\n', LINES_LENGTH - 1) + 1;
  if (lineEnd > 0 && lineEnd <= maxLength) return lineEnd;
  return rest.length > maxLength ? getCharacterStart(rest, maxLength) : rest.length;
}

function splitIntoPieces(chunk: string): string[] {
  const pieces: string[] = [];
  let rest = chunk;
  while (rest.length > PIECE_LENGTH) {
    const length = getCharacterStart(rest, PIECE_LENGTH);
    pieces.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest];
}

/** Returns the start of the character or placeholder at a position. */
function getCharacterStart(text: string, position: number): number {
  const placeholder = SPLIT_PLACEHOLDER.exec(text.slice(0, position));
  if (placeholder !== null) return placeholder.index;
  const searchStart = position - MAX_CHARACTER;
  const start = findCharacterStart(text.slice(searchStart, position + MAX_CHARACTER));
  // A character at the start of the searched text may have started before it.
  return start > 0 ? searchStart + start : position;
}

/** Matches a code unit that continues the character before it. */
const CONTINUATION = /^[\udc00-\udfff\p{M}\u200d]/u;

/** Returns the start of the character at `MAX_CHARACTER` in a text. */
function findCharacterStart(text: string): number {
  if ('Segmenter' in Intl)
    return new Intl.Segmenter().segment(text).containing(MAX_CHARACTER)?.index ?? 0;
  // Older versions of Firefox.
  let start = MAX_CHARACTER;
  while (start > 0 && CONTINUATION.test(text.slice(start, start + 1))) start -= 1;
  return start;
}
