import { existsSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { memoryStore } from '../stores/memoryStore.js';
import { sqliteStore } from '../stores/sqliteStore.js';
import type { Store } from '../stores/Store.js';
import { exportStore } from '../transfer/exportStore.js';
import { importFolder } from '../transfer/importFolder.js';
import type { TransferProgress } from '../transfer/createProgress.js';
import { TransferError } from '../transfer/TransferError.js';
import type { TransferReport } from '../transfer/TransferReport.js';
import { diskFolder } from './diskFolder.js';
import { withBlobStore } from '../stores/blobs/withBlobStore.js';
import { openBlobStore } from './openBlobStore.js';
import { hasStore, openDatabase } from './openDatabase.js';
import { importServer } from '../transfer/importServer.js';
import type { SourceSettings, TransferCommand } from './parseTransferCommand.js';

/** Output of `runTransfer`. */
export interface TransferOutput {
  /** Called with the progress. */
  onProgress: (progress: TransferProgress) => void;
  signal: AbortSignal;
}

/**
 * Executes `import` or `export`, writes the report as JSON if the command wants it, and resolves with it.
 *
 * @throws TransferError, StoreError or a system error with a message for the user
 */
export async function runTransfer(
  command: TransferCommand,
  output: TransferOutput,
): Promise<TransferReport> {
  await assertWritable(command.report);
  const report = await transfer(command, output);
  if (command.report !== undefined)
    await writeFile(command.report, `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

/** An import can take hours, so it must not find out at its end that its report cannot be written. @throws TransferError */
async function assertWritable(report: string | undefined): Promise<void> {
  if (report === undefined) return;
  try {
    await (await open(report, 'a')).close();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TransferError(`Cannot write the report of --report ${report}: ${reason}.`);
  }
}

async function transfer(
  command: TransferCommand,
  { onProgress, signal }: TransferOutput,
): Promise<TransferReport> {
  if (command.source !== undefined)
    return importSource(command, command.source, { onProgress, signal });
  const user = command.user === undefined ? {} : { user: command.user };
  // The parser requires a folder unless there is a source.
  const path = command.folder ?? '.';
  const folder = diskFolder(path);
  if (command.name === 'export') {
    await assertEmpty(path);
    const threadIds = await readThreadIds(command.threads);
    return withStore(command, (store) =>
      exportStore({ store, folder, onProgress, signal, ...user, ...(threadIds && { threadIds }) }),
    );
  }
  const originals = command.files === undefined ? undefined : diskFolder(command.files);
  return withStore(command, (store) =>
    importFolder({
      folder,
      store,
      onProgress,
      signal,
      dryRun: command.isDryRun,
      ...user,
      ...(originals && { originals }),
    }),
  );
}

async function importSource(
  command: TransferCommand,
  { apiKey, ...source }: SourceSettings,
  { onProgress, signal }: TransferOutput,
): Promise<TransferReport> {
  const threadIds = await readThreadIds(command.threads);
  return withStore(command, (store) =>
    importServer({
      ...source,
      store,
      onProgress,
      signal,
      dryRun: command.isDryRun,
      ...(command.user === undefined ? {} : { user: command.user }),
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(threadIds && { threadIds }),
    }),
  );
}

async function withStore<Result>(
  command: TransferCommand,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const target = await openTarget(command);
  const blobs = command.blobs && (await openBlobStore(command.blobs));
  const store = blobs === undefined ? target : withBlobStore(target, blobs);
  try {
    return await work(store);
  } finally {
    await store.close?.();
  }
}

/** Opens the store. A dry run and an export must not create it. @throws TransferError, StoreError */
async function openTarget({ name, target, isDryRun }: TransferCommand): Promise<Store> {
  if ('data' in target) {
    const exists = existsSync(target.data);
    if (name === 'export' && !exists) throw new TransferError(`${target.data} does not exist.`);
    return isDryRun && !exists ? memoryStore() : sqliteStore({ path: target.data });
  }
  const { database } = target;
  if ((name === 'export' || isDryRun) && !(await hasStore(database))) {
    if (isDryRun) return memoryStore();
    throw new TransferError('The database has no store. Check the URL.');
  }
  return (await openDatabase(database)).store;
}

/** Returns the ids of a file, without empty lines and comments. */
async function readThreadIds(path: string | undefined): Promise<string[] | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TransferError(`Cannot read the thread ids of --threads ${path}: ${reason}.`);
  });
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== '' && !line.startsWith('#')))];
}

/** An export into another one would mix their threads. */
async function assertEmpty(path: string): Promise<void> {
  if (!existsSync(path)) return;
  for await (const file of diskFolder(path).list())
    throw new TransferError(
      `${path} is not empty: it has ${file.path}. Choose a new folder for the export.`,
    );
}
