import { userStore } from '../domain/userStore.js';
import { toVectorStoreFile } from '../domain/vectorStores/fileEntries.js';
import { iterateList } from '../stores/iterateList.js';
import type { Collection, Collections, Store } from '../stores/Store.js';
import { createProgress, type TransferProgress } from './createProgress.js';
import { CONTENTS_FOLDER } from './importFiles.js';
import { listFileIds } from './listFileIds.js';
import type { WritableFolder } from './TransferFolder.js';
import { createReport, type TransferReport } from './TransferReport.js';
import { MANIFEST_SCHEMA, THREAD_SCHEMA } from './ThreadRecord.js';

/** Options for `exportStore`. */
export interface ExportStoreOptions {
  /** Store to export, such as that of `createBackend`. */
  store: Store;
  /** Receives the files: `diskFolder`, `memoryFolder`, or an object of yours. */
  folder: WritableFolder;
  /**
   * Id of a user, whose threads, files, assistants and vector stores are exported, with the assistants that are shared.
   * @default the objects of all users
   */
  user?: string;
  /** Ids of the threads to export. @default all */
  threadIds?: readonly string[];
  /** Called after each step with the numbers so far. */
  onProgress?: (progress: TransferProgress) => void;
  /** Stops the export between two files. */
  signal?: AbortSignal;
  /** Returns the time in milliseconds. @default Date.now */
  now?: () => number;
}

/**
 * Exports a store in the format that `importFolder` reads: `manifest.json`, `assistants.json`, `vector_stores.json`,
 * `vector_store_files.json`, `threads/ID.json`, and the contents of files in `files/ID`. The objects have the fields of
 * both API versions. Active runs are exported as they are, and cannot be continued after an import.
 */
export async function exportStore(options: ExportStoreOptions): Promise<TransferReport> {
  const { folder, signal, user, now = Date.now } = options;
  const store = user === undefined ? options.store : userStore(options.store, { id: user });
  const report = createReport();
  const exportedAt = new Date(now()).toISOString();
  const fileIds = new Set<string>();
  const threadIds = options.threadIds ?? (await listIds(store, 'threads'));
  const progress = createProgress(options, threadIds.length);

  await exportShared(store, folder, report, fileIds);
  const failed: { thread_id: string; error: string }[] = [];
  for (const [index, id] of threadIds.entries()) {
    signal?.throwIfAborted();
    const record = await readThread(store, id, exportedAt);
    if (record === undefined) {
      failed.push({ thread_id: id, error: 'not_found_or_deleted' });
      report.problems.push({
        type: 'skipped',
        where: id,
        message: 'The store has no such thread.',
      });
      report.counts.threads.skipped += 1;
    } else {
      await writeJson(folder, `threads/${id}.json`, record);
      for (const fileId of Object.keys(record.files)) fileIds.add(fileId);
      countRecord(report, record);
    }
    progress.add('threads', 1, { done: index + 1, total: threadIds.length });
  }
  // All files belong to a complete export, also those that no thread names.
  if (options.threadIds === undefined)
    for (const id of await listIds(store, 'files')) fileIds.add(id);
  await exportContents(store, folder, report, { fileIds, signal });
  await writeJson(folder, 'manifest.json', {
    export_schema: MANIFEST_SCHEMA,
    exported_at: exportedAt,
    endpoint: 'assistants-react',
    assistants_count: report.counts.assistants.added,
    threads_requested: threadIds.length,
    threads_exported: report.counts.threads.added,
    threads_failed: failed,
  });
  return report;
}

async function exportShared(
  store: Store,
  folder: WritableFolder,
  report: TransferReport,
  fileIds: Set<string>,
): Promise<void> {
  const assistants = await collect(store, 'assistants');
  const vectorStores = await collect(store, 'vectorStores');
  for (const { file_ids: ids } of assistants) for (const id of ids) fileIds.add(id);
  await writeJson(folder, 'assistants.json', assistants);
  if (vectorStores.length > 0) {
    const entries: Collections['vectorStoreFiles'][] = [];
    for (const { id } of vectorStores)
      entries.push(...(await collect(store, 'vectorStoreFiles', id)));
    for (const { file_id: id } of entries) fileIds.add(id);
    await writeJson(folder, 'vector_stores.json', vectorStores);
    await writeJson(folder, 'vector_store_files.json', entries.map(toVectorStoreFile));
  }
  report.counts.assistants.added += assistants.length;
  report.counts.vectorStores.added += vectorStores.length;
}

/** Writes the metadata of all files, and the contents of those that have one. */
async function exportContents(
  store: Store,
  folder: WritableFolder,
  report: TransferReport,
  { fileIds, signal }: { fileIds: ReadonlySet<string>; signal: AbortSignal | undefined },
): Promise<void> {
  const files: Collections['files'][] = [];
  for await (const file of iterateList(store, 'files', { order: 'asc' })) {
    if (!fileIds.has(file.id)) continue;
    signal?.throwIfAborted();
    files.push(file);
    report.counts.files.added += 1;
    const content = await store.getContent(file.id);
    if (content === undefined) {
      report.counts.contents.skipped += 1;
      report.missingContents.push({ id: file.id, filename: file.filename, bytes: file.bytes });
    } else {
      await folder.write(`${CONTENTS_FOLDER}${file.id}`, content);
      report.counts.contents.added += 1;
    }
  }
  if (files.length > 0) await writeJson(folder, 'files.json', files);
}

async function readThread(store: Store, id: string, exportedAt: string) {
  const thread = await store.get('threads', id);
  if (thread === undefined) return undefined;
  const messages = await collect(store, 'messages', id);
  const runs = [];
  for (const run of await collect(store, 'runs', id)) {
    const steps = await collect(store, 'steps', run.id);
    runs.push({ ...run, steps: steps.map(removeProvider) });
  }
  const files: Record<string, Collections['files']> = {};
  for (const fileId of listFileIds(messages, runs)) {
    const file = await store.get('files', fileId);
    if (file !== undefined) files[fileId] = file;
  }
  return {
    export_schema: THREAD_SCHEMA,
    thread_id: id,
    exported_at: exportedAt,
    thread,
    messages,
    runs,
    files,
    errors: [],
  };
}

/** Data of a model for a step is of no use elsewhere, and may be secret. */
function removeProvider({ provider: _provider, ...step }: Collections['steps']) {
  return step;
}

function countRecord(
  { counts }: TransferReport,
  { messages, runs }: NonNullable<Awaited<ReturnType<typeof readThread>>>,
): void {
  counts.threads.added += 1;
  counts.messages.added += messages.length;
  counts.runs.added += runs.length;
  counts.steps.added += runs.reduce((count, { steps }) => count + steps.length, 0);
}

async function collect<C extends Collection>(
  store: Store,
  collection: C,
  parent?: string,
): Promise<Collections[C][]> {
  const found: Collections[C][] = [];
  const query = { order: 'asc', ...(parent !== undefined && { parent }) } as const;
  for await (const object of iterateList(store, collection, query)) found.push(object);
  return found;
}

async function listIds(store: Store, collection: 'threads' | 'files'): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of iterateList(store, collection, { order: 'asc' })) ids.push(id);
  return ids;
}

function writeJson(folder: WritableFolder, path: string, value: unknown): Promise<void> {
  return folder.write(path, new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`));
}
