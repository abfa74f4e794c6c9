import { createFileService } from '../../src/backend/search/createFileService.js';
import type { Splitting } from '../../src/backend/search/splitText.js';
import type { EmbeddingsModel } from '../../src/backend/search/vectors/EmbeddingsModel.js';
import type { VectorBatch } from '../../src/backend/search/vectors/VectorStorage.js';

/** Texts of files by their names. */
export type Texts = Readonly<Record<string, string>>;

/** Ways to rank: by words, by vectors, or by both. */
export type Way = 'words' | 'vectors' | 'both';

/** Creates a search over files in memory, with the workers of the backend. */
export function createBenchSearch(texts: Texts, model: EmbeddingsModel, splitting: Splitting) {
  const { signal } = new AbortController();
  const encoder = new TextEncoder();
  const limits = { deadlineMs: 300_000, vectorWaitMs: 600_000 };
  const options = {
    readFile: async (id: string) => encoder.encode(texts[id] ?? ''),
    now: () => 0,
    limits,
  };
  const stored = new Map<string, VectorBatch[]>();
  const storage = {
    readLast: async (_: string, key: string) => stored.get(key)?.at(-1),
    readAll: async (_: string, key: string) => stored.get(key) ?? [],
    append: async (_: string, key: string, batch: VectorBatch) => {
      stored.set(key, [...(stored.get(key) ?? []), batch]);
      return true;
    },
    remove: async () => undefined,
  };
  const words = createFileService(options);
  const vectors = createFileService({
    ...options,
    embeddings: { model, storage, shutdown: signal },
  });
  const files = Object.entries(texts).map(([id, text]) => ({
    file: {
      id,
      object: 'file' as const,
      bytes: encoder.encode(text).length,
      created_at: 1,
      filename: id,
      purpose: 'assistants',
      status: 'processed' as const,
    },
    splitting,
  }));

  /** Resolves with the names of the files of the best passages. */
  return async (way: Way, query: string, limit: number): Promise<string[]> => {
    const { search } = way === 'words' ? words : vectors;
    const ranking = way === 'vectors' ? 'single' : 'fused';
    const found = await search.find({ query, files, limit, threshold: 0, ranking }, signal);
    if (found.notices.length > 0) throw new Error(found.notices.join(' '));
    return found.passages.map(({ fileId }) => fileId);
  };
}
