#!/usr/bin/env node
import { createRequire } from 'node:module';
import process, { argv, env, exit, stderr, stdout } from 'node:process';
import { embeddingsModel } from '../models/embeddingsModel.js';
import type { ModelLogEntry } from '../models/server/ModelLogEntry.js';
import { createApp, type CreateCommand } from './createApp.js';
import { createModel } from './createModel.js';
import { HELP } from './help.js';
import { parseCommand, type ServeCommand } from './parseCommand.js';
import { createProgressLine } from './createProgressLine.js';
import type { TransferCommand } from './parseTransferCommand.js';
import { runTransfer } from './runTransfer.js';
import { formatReport } from '../transfer/TransferReport.js';
import { type RunningServer, serve } from './serve.js';
import { openBlobStore } from './openBlobStore.js';
import { openUsers } from './users/parseUsers.js';

const command = parseCommand(argv.slice(2), env);
switch (command.name) {
  case 'help':
    stdout.write(HELP);
    break;
  case 'version':
    stdout.write(`${readVersion()}\n`);
    break;
  case 'invalid':
    stderr.write(`assistants-react: ${command.message}\nSee assistants-react --help.\n`);
    exit(2);
    break;
  case 'serve':
    await runServer(command);
    break;
  case 'import':
  case 'export':
    await runTransferCommand(command);
    break;
  case 'create':
    await runCreateCommand(command);
}

async function runCreateCommand(command: CreateCommand): Promise<void> {
  try {
    stdout.write(await createApp(command, readVersion()));
  } catch (error) {
    fail(error);
  }
}

/** Exits with 1 if something was skipped. */
async function runTransferCommand(command: TransferCommand): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () =>
      controller.abort(new Error('Interrupted. The same command continues.')),
    );
  const line = createProgressLine(stderr);
  try {
    const report = await runTransfer(command, {
      onProgress: (progress) => line.show(progress),
      signal: controller.signal,
    });
    line.clear();
    stdout.write(formatReport(report));
    process.exitCode = report.problems.some(({ type }) => type === 'skipped') ? 1 : 0;
  } catch (error) {
    line.clear();
    fail(error);
  }
}

async function runServer(serveCommand: ServeCommand): Promise<void> {
  const { options, model, embeddings, users, blobs, shutdownMs } = serveCommand;
  try {
    const user = users && (await openUsers(users));
    const blobStore = blobs && (await openBlobStore(blobs));
    const server = await serve({
      ...options,
      ...(blobStore && { blobStore }),
      ...(user && { user }),
      ...(embeddings && { embed: embeddingsModel(embeddings) }),
      model: createModel(model, logModel),
    });
    // Before the URL is printed, because the reader of the output may send a signal immediately.
    stopOnSignals(server, shutdownMs);
    if (server.metricsUrl !== undefined) stdout.write(`Metrics at ${server.metricsUrl}\n`);
    stdout.write(`Listening on ${server.url}/v1\n`);
  } catch (error) {
    fail(error);
  }
  warnOfDefaults(serveCommand);
}

/** Warns of settings that are fine for a first try only. */
function warnOfDefaults({ options, model, users }: ServeCommand): void {
  if (model === undefined)
    warn('No model server configured. A scripted demo answers. Set --model-base-url and --model.');
  if (options.data === undefined && options.database === undefined)
    warn(
      'No database configured. All data is lost when the server stops. Set --data or --database.',
    );
  if (users === undefined && options.apiKeys === undefined && options.hostname !== undefined)
    warn(
      'No API key configured. Anyone who can reach this server can use it. Set --key or --users.',
    );
  if (users?.admins.length === 0)
    warn(
      'No admin configured. Only an admin can share assistants, and see threads and files without an owner. Set --admin.',
    );
}

/** Stops the server on the first signal, and exits immediately on the second one. */
function stopOnSignals(server: RunningServer, shutdownMs: number): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) exit(1);
    isStopping = true;
    server.close({ deadlineMs: shutdownMs }).then(() => exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function logModel(entry: ModelLogEntry): void {
  write({ level: entry.event === 'modelFailed' ? 'error' : 'warn', ...entry });
}

function warn(message: string): void {
  write({ level: 'warn', event: 'notice', message });
}

function write(line: object): void {
  stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
}

function fail(error: unknown): never {
  stderr.write(`assistants-react: ${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
}

function readVersion(): string {
  // dist/backend/server and src/backend/server are equally deep, so this works for both.
  const manifest = createRequire(import.meta.url)('../../../package.json') as { version: string };
  return manifest.version;
}
