import type { Store } from '../stores/Store.js';
import { attempt, createImportContext, type ImportContext } from './ImportContext.js';
import { importAssistant } from './importAssistant.js';
import { importVectorStores } from './importVectorStores.js';
import { createContentFinder, importFile } from './importFiles.js';
import { importThread } from './importThread.js';
import { createProgress, type TransferProgress } from './createProgress.js';
import { type FolderContents, scanFolder } from './scanFolder.js';
import type { TransferFolder } from './TransferFolder.js';
import { createReport, type TransferReport } from './TransferReport.js';

/** Options for `importFolder`. */
export interface ImportFolderOptions {
  /** Folder with an export, or with lists of the API as JSON or JSONL. */
  folder: TransferFolder;
  /** Store to import into. No backend may use it meanwhile, unless several processes can share it. */
  store: Store;
  /**
   * Id of the user who gets what is imported, see `BackendOptions.user`. Without it, nothing has an owner: assistants are
   * shared, and threads and files belong to the admins.
   */
  user?: string;
  /** Folder with the originals of files whose content the export lacks. They are matched by name and size. */
  originals?: TransferFolder;
  /** True to report what an import would do, without doing it. @default false */
  dryRun?: boolean;
  /** Called after each step with the numbers so far. */
  onProgress?: (progress: TransferProgress) => void;
  /** Stops the import between two writes. What was imported stays, and the same import continues it. */
  signal?: AbortSignal;
  /** Returns the time in milliseconds, for the time left. @default Date.now */
  now?: () => number;
}

/**
 * Imports an export into a store: assistants, threads, messages, runs, run steps and files. Reads the format
 * `assistants-thread-export/v1`, and lists of the API of both versions. Ids, order, times and metadata stay. Each thread is
 * written completely or not at all, stored objects are never overwritten, and importing again adds what is missing.
 *
 * @throws TransferError if the folder has nothing to import, and what the store throws. The reason of `signal` if it aborts.
 * @example
 * ```ts
 * import { importFolder, memoryFolder, memoryStore } from 'assistants-react/backend';
 *
 * const files = new Map([['messages.json', new TextEncoder().encode('{"data": []}')]]);
 * const report = await importFolder({ folder: memoryFolder(files), store: memoryStore() });
 * ```
 */
export async function importFolder(options: ImportFolderOptions): Promise<TransferReport> {
  const { folder, store, originals, dryRun = false, signal } = options;
  const report = createReport(dryRun);
  const context = createImportContext(store, report, options.user);
  let totalBytes = 0;
  for await (const { bytes } of folder.list()) totalBytes += bytes;
  // Threads are read twice: to find them, and to import them.
  const progress = createProgress(options, totalBytes * 2);
  const contents = await scanFolder(folder, context, ({ bytes }) => {
    signal?.throwIfAborted();
    progress.add('reading', bytes);
  });
  await importShared(context, contents, { folder, originals, signal });
  // A thread of lists is in memory. It still counts.
  const getWork = ({ bytes }: { bytes: number }) => Math.max(bytes, 1);
  progress.setRemaining(contents.threads.reduce((sum, thread) => sum + getWork(thread), 0));
  let done = 0;
  for (const thread of contents.threads) {
    signal?.throwIfAborted();
    await attempt(context, 'threads', thread.threadId, async () =>
      importThread(context, await thread.load()),
    );
    done += 1;
    progress.add('threads', getWork(thread), { done, total: contents.threads.length });
  }
  return report;
}

/** Imports what threads refer to. */
async function importShared(
  context: ImportContext,
  { assistants, vectorStores, vectorStoreFiles, files, contentIds }: FolderContents,
  {
    folder,
    originals,
    signal,
  }: {
    folder: TransferFolder;
    originals: TransferFolder | undefined;
    signal: AbortSignal | undefined;
  },
): Promise<void> {
  const contents = await createContentFinder(folder, contentIds, originals);
  for (const file of files) {
    signal?.throwIfAborted();
    await attempt(context, 'files', file['id'], () => importFile(context, file, contents));
  }
  await importVectorStores(context, vectorStores, vectorStoreFiles);
  for (const assistant of assistants) {
    signal?.throwIfAborted();
    await attempt(context, 'assistants', assistant['id'], () =>
      importAssistant(context, assistant),
    );
  }
}
