import { changeFiles } from '../../domain/vectorStores/changeFiles.js';
import { type FileEntry, withStatus } from '../../domain/vectorStores/fileEntries.js';
import type { FileService } from '../../search/createFileService.js';
import { describeProblem, type FileProblem } from '../../search/FileProblem.js';
import { toSplitting } from '../listSearchableFiles.js';
import type { Store } from '../../stores/Store.js';

/** Options for `createFileIndexer`. */
export interface FileIndexerOptions {
  store: Store;
  withLock: <T>(key: string, task: () => Promise<T>) => Promise<T>;
  files: Pick<FileService, 'reader' | 'limits' | 'vectors'>;
  /** Stops the reading. */
  shutdown: AbortSignal;
}

/** Reads the files that were added to vector stores. */
export interface FileIndexer {
  /**
   * Reads the files of a vector store that were not read yet, in the background. Call it when files were added, and when a client
   * asks for the status: the process that has added them may have ended.
   */
  start(vectorStoreId: string): void;
  /** Resolves when no file is being read. */
  idle(): Promise<void>;
}

/** Number of files to look for at a time. */
const PAGE_SIZE = 20;

/**
 * Creates an indexer. Reading a file finds out whether it can be searched. Its text and its vectors are kept for all stores that
 * have it.
 */
export function createFileIndexer(options: FileIndexerOptions): FileIndexer {
  const { store, shutdown } = options;
  const active = new Map<string, Promise<void>>();
  const requested = new Set<string>();

  async function readFiles(vectorStoreId: string): Promise<void> {
    while (!shutdown.aborted) {
      const page = await store.list('vectorStoreFiles', {
        parent: vectorStoreId,
        where: { field: 'status', value: 'in_progress' },
        order: 'asc',
        limit: PAGE_SIZE,
      });
      const entries = page?.data ?? [];
      if (entries.length === 0) return;
      for (const entry of entries) await settleFile(options, entry);
    }
  }

  async function run(vectorStoreId: string): Promise<void> {
    try {
      while (requested.delete(vectorStoreId)) await readFiles(vectorStoreId);
    } catch {
      // The store failed, or the server stops. The next request for the status tries again.
      requested.delete(vectorStoreId);
    } finally {
      active.delete(vectorStoreId);
    }
  }

  return {
    start(vectorStoreId) {
      requested.add(vectorStoreId);
      if (!active.has(vectorStoreId)) active.set(vectorStoreId, run(vectorStoreId));
    },
    async idle() {
      while (active.size > 0) await Promise.all(active.values());
    },
  };
}

/** Reads a file and stores the result, unless the file was changed meanwhile. */
async function settleFile(options: FileIndexerOptions, entry: FileEntry): Promise<void> {
  const { store, withLock } = options;
  const result = await readFile(options, entry);
  await withLock(entry.vector_store_id, async () => {
    const vectorStore = await store.get('vectorStores', entry.vector_store_id);
    const previous = await store.get('vectorStoreFiles', entry.id);
    if (vectorStore === undefined || previous?.status !== 'in_progress') return;
    const next = withStatus(previous, result.last_error === null ? 'completed' : 'failed', result);
    const { changes } = await changeFiles(store, vectorStore, [{ previous, next }]);
    await store.write(changes);
  });
}

async function readFile(
  { store, files, shutdown }: FileIndexerOptions,
  entry: FileEntry,
): Promise<Pick<FileEntry, 'usage_bytes' | 'last_error'>> {
  const file = await store.get('files', entry.file_id);
  const read = file && (await files.reader.read(file, shutdown));
  if (file === undefined || read === undefined) {
    const message = 'This file was not read, because it was deleted.';
    return { usage_bytes: 0, last_error: { code: 'invalid_file', message } };
  }
  const { text, problem } = read;
  if (problem !== undefined && !problem.isPartial) {
    const message = describeProblem(problem, files.limits);
    return { usage_bytes: 0, last_error: { code: getErrorCode(problem), message } };
  }
  // Without vectors, the file is searched by words, and its `status_details` say so.
  if (text !== '') await files.vectors?.prepare({ file, splitting: toSplitting(entry), ...read });
  return { usage_bytes: new TextEncoder().encode(text).length, last_error: null };
}

function getErrorCode({ reason }: FileProblem): NonNullable<FileEntry['last_error']>['code'] {
  switch (reason) {
    case 'format':
      return 'unsupported_file';
    case 'deadline':
    case 'memory':
    case 'noWorker':
    case 'failed':
      return 'server_error';
    default:
      return 'invalid_file';
  }
}
