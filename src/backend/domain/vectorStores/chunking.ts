import type { ChunkingStrategy, VectorStoreFile } from '../../../protocol/types.js';
import { badRequest } from '../errors.js';

/** Strategy as files of vector stores show it. */
type FileChunking = NonNullable<VectorStoreFile['chunking_strategy']>;

/**
 * Meaning of `auto`. Shorter than in the original API, because searches compare words: a passage must be short enough to
 * quote and long enough to understand.
 */
const AUTO: FileChunking = {
  type: 'static',
  static: { max_chunk_size_tokens: 400, chunk_overlap_tokens: 60 },
};

/**
 * Returns the strategy to store with a file.
 *
 * @param param Name of the request field, for the error message.
 * @throws HttpError 400 if chunks would overlap by more than half.
 */
export function toFileChunking(
  chunking: ChunkingStrategy | undefined,
  param = 'chunking_strategy',
): FileChunking {
  if (chunking?.type !== 'static') return AUTO;
  const { max_chunk_size_tokens: size, chunk_overlap_tokens: overlap } = chunking.static;
  if (overlap > size / 2) {
    throw badRequest('chunk_overlap_tokens must not exceed half of max_chunk_size_tokens.', {
      param,
      code: 'invalid_value',
    });
  }
  if (overlap < 0) {
    throw badRequest('chunk_overlap_tokens must not be negative.', {
      param,
      code: 'invalid_value',
    });
  }
  return chunking;
}
