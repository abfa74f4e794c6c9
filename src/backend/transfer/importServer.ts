import { isId } from '../../protocol/isId.js';
import type { Store } from '../stores/Store.js';
import { createProgress, type TransferProgress } from './createProgress.js';
import {
  createSourceServer,
  MissingError,
  type SourceServer,
  type SourceServerOptions,
} from './createSourceServer.js';
import { importAssistant } from './importAssistant.js';
import { type ContentFinder, importFile } from './importFiles.js';
import { attempt, createImportContext, type ImportContext } from './ImportContext.js';
import { importThread } from './importThread.js';
import { importVectorStores } from './importVectorStores.js';
import { listFileIds } from './listFileIds.js';
import { createReport, type TransferReport } from './TransferReport.js';
import type { Fields, ThreadRecord } from './ThreadRecord.js';
import { InputFault, TransferError } from './TransferError.js';

/** Options for `importServer`. */
export interface ImportServerOptions extends SourceServerOptions {
  /** Store to import into. No backend may use it meanwhile. */
  store: Store;
  /**
   * Id of the user who gets what is imported, see `BackendOptions.user`. Without it, nothing has an owner: assistants are
   * shared, and threads and files belong to the admins.
   */
  user?: string;
  /** Ids of the threads. @default those that the server lists, if it can */
  threadIds?: readonly string[];
  /** True to report what an import would do, without doing it. The server is read. @default false */
  dryRun?: boolean;
  /** Called after each thread with the numbers so far. */
  onProgress?: (progress: TransferProgress) => void;
}

/**
 * Imports from a server of the Assistants API: assistants, vector stores, and threads with messages, runs, run steps and
 * files, as far as the server gives them out. Waits as long as a rate limit asks for. Threads, vector stores and files
 * that the store has already are not requested again, so an import that was interrupted continues.
 *
 * @throws TransferError if the server cannot be reached, refuses the key, or cannot list its threads and no ids are given
 */
export async function importServer(options: ImportServerOptions): Promise<TransferReport> {
  const { store, dryRun = false, signal } = options;
  const report = createReport(dryRun);
  const context = createImportContext(store, report, options.user);
  const server = createSourceServer(options);
  const threadIds = options.threadIds ?? (await listThreadIds(server));
  if (options.apiVersion !== 'v1') await importRemoteVectorStores(context, server);
  await importRemoteAssistants(context, server);
  const progress = createProgress(options, threadIds.length);
  for (const [index, id] of threadIds.entries()) {
    signal?.throwIfAborted();
    await attempt(context, 'threads', id, () => importRemoteThread(context, server, id));
    progress.add('threads', 1, { done: index + 1, total: threadIds.length });
  }
  return report;
}

/** @throws TransferError if the server cannot list its threads. */
async function listThreadIds(server: SourceServer): Promise<string[]> {
  try {
    return (await server.list('/threads')).map(({ id }) => id).filter(isId);
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    const reason = error.message.replace(/\.$/, '');
    throw new TransferError(
      `The server cannot list its threads: ${reason}. Check that --from is the base URL of the API, such as https://host/v1. If it is, write the ids of the threads into a file, one in each line, and pass it with --threads FILE.`,
    );
  }
}

async function importRemoteVectorStores(
  context: ImportContext,
  server: SourceServer,
): Promise<void> {
  for (const raw of await listOptional(context, server, '/vector_stores', 'vector stores'))
    await attempt(context, 'vectorStores', raw['id'], () =>
      importRemoteVectorStore(context, server, raw),
    );
}

async function importRemoteVectorStore(
  context: ImportContext,
  server: SourceServer,
  raw: Fields,
): Promise<void> {
  const { id } = raw;
  if (!isId(id)) throw new InputFault('The id of the vector store is not valid.');
  if ((await context.find('vectorStores', id)) !== undefined) {
    context.report.counts.vectorStores.present += 1;
    return;
  }
  const entries = await listOptional(context, server, `/vector_stores/${id}/files`, id);
  await importRemoteFiles(
    context,
    server,
    entries.map((entry) => entry['id']),
  );
  // Not every server names the vector store in its files.
  const files = entries.map((entry) => ({ ...entry, vector_store_id: id }));
  await importVectorStores(context, [raw], files);
}

/** Imports assistants, and the files that those of version 1 have. */
async function importRemoteAssistants(context: ImportContext, server: SourceServer): Promise<void> {
  for (const raw of await listOptional(context, server, '/assistants', 'assistants')) {
    const fileIds: unknown = raw['file_ids'];
    await importRemoteFiles(context, server, Array.isArray(fileIds) ? fileIds : []);
    await attempt(context, 'assistants', raw['id'], () => importAssistant(context, raw));
  }
}

/** Imports files that the store does not have yet. */
async function importRemoteFiles(
  context: ImportContext,
  server: SourceServer,
  ids: readonly unknown[],
): Promise<void> {
  for (const id of ids.filter(isId)) {
    await attempt(context, 'files', id, async () => {
      if ((await context.find('files', id)) !== undefined) return;
      const file = await server.get(`/files/${id}`).catch(toFault);
      await importFile(context, file, createRemoteContents(server));
    });
  }
}

function createRemoteContents(server: SourceServer): ContentFinder {
  return {
    find: ({ id }) =>
      server.getBytes(`/files/${id}/content`).catch((error: unknown) => {
        if (error instanceof MissingError) return undefined;
        throw error;
      }),
  };
}

/** @throws InputFault if the server does not have the object, and other errors as they are. */
function toFault(error: unknown): never {
  throw error instanceof MissingError ? new InputFault(error.message) : error;
}

async function importRemoteThread(
  context: ImportContext,
  server: SourceServer,
  threadId: string,
): Promise<void> {
  if (!isId(threadId)) throw new InputFault('The id of the thread is not valid.');
  if ((await context.find('threads', threadId)) !== undefined) {
    context.report.counts.threads.present += 1;
    return;
  }
  const record = await readRemoteThread(context, server, threadId);
  const contents = createRemoteContents(server);
  for (const file of record.files)
    await attempt(context, 'files', file['id'], () => importFile(context, file, contents));
  await importThread(context, record);
}

/** @throws InputFault if the server does not have the thread or its messages. */
async function readRemoteThread(
  context: ImportContext,
  server: SourceServer,
  threadId: string,
): Promise<ThreadRecord> {
  const path = `/threads/${threadId}`;
  const thread = await server.get(path).catch(toFault);
  const messages = await server.list(`${path}/messages`).catch(toFault);
  const runs: Fields[] = [];
  for (const run of await listOptional(context, server, `${path}/runs`, threadId)) {
    const stepsPath = isId(run['id']) ? `${path}/runs/${run['id']}/steps` : undefined;
    const steps =
      stepsPath === undefined ? [] : await listOptional(context, server, stepsPath, threadId);
    runs.push({ ...run, steps });
  }
  const files: Fields[] = [];
  const errors: Fields[] = [];
  for (const id of listFileIds(messages, runs)) {
    try {
      files.push(await server.get(`/files/${id}`));
    } catch (error) {
      if (!(error instanceof MissingError)) throw error;
      errors.push({ object: 'file', id, error: error.message });
    }
  }
  return { path: threadId, threadId, thread, messages, runs, files, errors };
}

/** Returns a list that not every server has. Reports that it is missing. */
async function listOptional(
  { report }: ImportContext,
  server: SourceServer,
  path: string,
  where: string,
): Promise<Fields[]> {
  try {
    return await server.list(path);
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    report.problems.push({
      type: 'missing',
      where,
      message: `The server has no list: ${error.message}`,
    });
    return [];
  }
}
