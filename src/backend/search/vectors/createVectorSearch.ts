import { sleep } from '../../../common/sleep.js';
import type { FileLimits } from '../fileLimits.js';
import type { EmbeddedFile, PassageVectors, VectorState } from './createPassageVectors.js';
import type { EmbedQuery } from './createQueryVectors.js';
import type { FileVectors, SimilarPassage } from './indexVectors.js';

/** Part of a search that uses vectors. */
export type VectorQuery = {
  /** Identifies the vectors of the files. */
  key: string;
  /** True if all files have vectors. */
  isComplete: boolean;
} & (
  | { type: 'vectors'; vector: Float32Array; load: () => Promise<FileVectors[]> }
  /** The vectors were compared where they are stored. */
  | { type: 'ranking'; passages: SimilarPassage[] }
);

/** Search to prepare the vectors of. */
export interface PreparedSearch {
  query: string;
  files: readonly EmbeddedFile[];
  /** Ids of the files to return passages of. Undefined for all. */
  only: readonly string[] | undefined;
}

/** Prepares the vectors of a search. */
export interface VectorSearch {
  /** Resolves without a query if the search has to do without vectors. Rejects when the signal aborts. */
  prepare(
    search: PreparedSearch,
    signal: AbortSignal,
  ): Promise<{ query: VectorQuery | undefined; notices: string[] }>;
}

/** Options for `createVectorSearch`. */
export interface VectorSearchOptions {
  passages: PassageVectors;
  embedQuery: EmbedQuery;
  limits: FileLimits;
}

/** Creates the vectors of searches. */
export function createVectorSearch(options: VectorSearchOptions): VectorSearch {
  const { passages, embedQuery, limits } = options;

  /** Computes missing vectors. Continues in the background if that takes long. */
  async function prepareFiles(files: readonly EmbeddedFile[], signal: AbortSignal): Promise<void> {
    const missing = files.filter((file) => passages.getState(file).type === 'pending');
    if (missing.length === 0) return;
    const work = prepareInTurn(missing);
    const timeout = new AbortController();
    const stop = () => timeout.abort();
    signal.addEventListener('abort', stop);
    await Promise.race([work, sleep(limits.vectorWaitMs, timeout.signal)]);
    signal.removeEventListener('abort', stop);
    stop();
    signal.throwIfAborted();
  }

  /** One file after the other, so that many files do not send many requests at once. */
  async function prepareInTurn(files: readonly EmbeddedFile[]): Promise<void> {
    for (const file of files) await passages.prepare(file);
  }

  return {
    async prepare({ query, files, only }, signal) {
      await prepareFiles(files, signal);
      const select = (maxBytes: number) =>
        selectReady(files, (file) => passages.getState(file), maxBytes);
      const all = select(Infinity);
      if (all.ready.length === 0) return { query: undefined, notices: all.notices };
      const embedded = await embedQuery(query, signal);
      if ('message' in embedded) return { query: undefined, notices: [describe(embedded.message)] };
      const { vector } = embedded;
      const searched = only && new Set(only);
      const ranked = await passages.rank(
        all.ready.filter(({ file }) => searched?.has(file.id) !== false),
        vector,
      );
      const { ready, notices } = ranked === undefined ? select(limits.vectorBytes) : all;
      if (ready.length === 0) return { query: undefined, notices };
      const selection = {
        key: ready
          .map((file) => passages.getKey(file))
          .sort()
          .join(),
        isComplete: ready.length === files.length,
      };
      return {
        query:
          ranked === undefined
            ? { ...selection, type: 'vectors', vector, load: () => passages.load(ready) }
            : { ...selection, type: 'ranking', passages: ranked },
        notices,
      };
    },
  };
}

/** Returns the files that have vectors of at most some bytes together, and sentences about the others. */
function selectReady(
  files: readonly EmbeddedFile[],
  getState: (file: EmbeddedFile) => VectorState,
  maxBytes: number,
): { ready: EmbeddedFile[]; notices: string[] } {
  const ready: EmbeddedFile[] = [];
  const others = { pending: 0, failed: 0, tooMany: 0 };
  let message = '';
  let bytes = 0;
  for (const file of files) {
    const state = getState(file);
    if (state.type !== 'ready') {
      others[state.type] += 1;
      if (state.type === 'failed') message = state.message;
    } else if (bytes + state.bytes > maxBytes) {
      others.tooMany += 1;
    } else {
      bytes += state.bytes;
      ready.push(file);
    }
  }
  const notices = [
    describeFiles(others.pending, 'vectors are not computed yet'),
    describeFiles(others.failed, 'vectors could not be computed', message),
    describeFiles(others.tooMany, 'vectors take too much memory together'),
  ];
  return { ready, notices: notices.filter((notice) => notice !== undefined) };
}

function describeFiles(count: number, reason: string, message = ''): string | undefined {
  if (count === 0) return undefined;
  const subject = count === 1 ? '1 file was' : `${count} files were`;
  return `${subject} searched by words only, because ${count === 1 ? 'its' : 'their'} ${reason}. ${message}`.trim();
}

function describe(message: string): string {
  return `The files were searched by words only, because the query has no vector. ${message}`;
}
