import { toUnixSeconds } from '../../../common/toUnixSeconds.js';
import type { AttributeFilter, VectorStoreSearchResult } from '../../../protocol/types.js';
import { withUse } from '../../domain/vectorStores/expiry.js';
import { listFileEntries } from '../../domain/vectorStores/listFileEntries.js';
import { matchesFilter } from '../../domain/vectorStores/matchesFilter.js';
import type { FileQuery } from '../../search/createFileSearch.js';
import type { FileService } from '../../search/createFileService.js';
import type { Collections } from '../../stores/Store.js';
import { listStoreFiles } from '../listSearchableFiles.js';
import {
  createFileIndexer,
  type FileIndexer,
  type FileIndexerOptions,
} from './createFileIndexer.js';

/** Options for `createVectorStoreService`. */
export interface VectorStoreServiceOptions extends FileIndexerOptions {
  files: FileService;
  /** Returns the current time in milliseconds. */
  now: () => number;
}

/** Search in a vector store. */
export interface VectorStoreQuery {
  /** Each query is searched. The best passages of all are returned. */
  queries: readonly string[];
  filter: AttributeFilter | undefined;
  /** Maximum number of passages. */
  limit: number;
  /** Minimum score, from 0 to 1. */
  threshold: number;
  ranking: FileQuery['ranking'];
}

/** Reads and searches the files of vector stores. */
export interface VectorStoreService extends FileIndexer {
  /** Searches the files of a vector store, also those that were not read yet. Best passages first. */
  search(
    vectorStoreId: string,
    query: VectorStoreQuery,
    signal: AbortSignal,
  ): Promise<VectorStoreSearchResult[]>;
  /** Returns the text of a file. Undefined if the file does not exist any more. */
  readText(file: Collections['files'], signal: AbortSignal): Promise<string | undefined>;
  /** Stores the time of the last use of vector stores, in the background. */
  recordUse(vectorStoreIds: readonly string[]): void;
}

/** Age of `last_active_at` from which a use is stored, so that few searches write. Expiry is counted in days. */
const USE_INTERVAL_SECONDS = 60;

/** Creates the service of a backend. */
export function createVectorStoreService(options: VectorStoreServiceOptions): VectorStoreService {
  const { store, withLock, files, now } = options;
  const indexer = createFileIndexer(options);
  const pending = new Set<Promise<void>>();

  async function storeUse(id: string): Promise<void> {
    const known = await store.get('vectorStores', id);
    if (known === undefined || !isUseOld(known, now())) return;
    await withLock(id, async () => {
      const current = await store.get('vectorStores', id);
      if (current === undefined || !isUseOld(current, now())) return;
      const object = withUse(current, toUnixSeconds(now()));
      await store.write([{ type: 'put', collection: 'vectorStores', object }]);
    });
  }

  return {
    start: (vectorStoreId) => indexer.start(vectorStoreId),

    async search(vectorStoreId, { queries, filter, limit, threshold, ranking }, signal) {
      const entries = await listFileEntries(store, vectorStoreId);
      const matching =
        filter === undefined
          ? undefined
          : entries.filter(({ attributes }) => matchesFilter(attributes, filter));
      if (matching?.length === 0) return [];
      const searched = await listStoreFiles(store, entries);
      const only = matching?.map(({ file_id: id }) => id);
      const attributes = new Map(entries.map((entry) => [entry.file_id, entry.attributes ?? {}]));
      const found = new Map<string, VectorStoreSearchResult>();
      for (const query of queries) {
        const fileQuery = { query, files: searched, limit, threshold, only, ranking };
        const { passages } = await files.search.find(fileQuery, signal);
        for (const { fileId, filename, score, text } of passages) {
          const key = JSON.stringify([fileId, text]);
          if ((found.get(key)?.score ?? -1) >= score) continue;
          found.set(key, {
            file_id: fileId,
            filename,
            score,
            attributes: attributes.get(fileId) ?? {},
            content: [{ type: 'text', text }],
          });
        }
      }
      return [...found.values()].sort((one, other) => other.score - one.score).slice(0, limit);
    },

    readText: async (file, signal) => (await files.reader.read(file, signal))?.text,

    recordUse(vectorStoreIds) {
      for (const id of vectorStoreIds) {
        // A use that was not stored is stored with the next one.
        const work = storeUse(id)
          .catch(() => undefined)
          .finally(() => pending.delete(work));
        pending.add(work);
      }
    },

    async idle() {
      await indexer.idle();
      await files.vectors?.idle();
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

function isUseOld({ last_active_at: usedAt }: Collections['vectorStores'], nowMs: number): boolean {
  return toUnixSeconds(nowMs) - (usedAt ?? 0) >= USE_INTERVAL_SECONDS;
}
