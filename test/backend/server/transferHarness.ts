import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import { sqliteStore } from '../../../src/backend/stores/sqliteStore.js';
import {
  createExportedThread,
  createExportFolder,
  readList,
  readThread,
} from '../transfer/createExport.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Creates a folder with an export. */
export function createSetup(threadCount: number) {
  const folder = mkdtempSync(join(tmpdir(), 'transfer-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const threads = Array.from({ length: threadCount }, (_, index) =>
    createExportedThread(index + 1, {
      version: index % 2 === 0 ? 'v2' : 'v1',
      messageCount: 1 + ((index * 7) % 20),
      runCount: index % 3,
      createdAt: 1_700_000_000 + index,
      text: 'Grüße 🎈',
      metadata: { n: String(index) },
    }),
  );
  const exported = join(folder, 'export');
  writeFiles(exported, createExportFolder(threads));
  return { folder, exported, threads, data: join(folder, 'chat.sqlite') };
}

/** Writes files below a folder. */
export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** Starts the command line. */
export function startCommand(args: readonly string[], cwd: string) {
  const loader = join(root, 'scripts/loadSources.js');
  const cli = join(root, 'src/backend/server/cli.ts');
  return spawn(process.execPath, ['--import', loader, cli, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the command line to its end. */
export async function runCommand(args: readonly string[], cwd: string) {
  const child = startCommand(args, cwd);
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  await once(child, 'close');
  return { code: child.exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** Returns everything that a database answers, by thread. */
export async function readData(path: string) {
  const store = sqliteStore({ path });
  try {
    const backend = createBackend({ store });
    const threads = await readList(backend, 'listThreads', 'v2');
    const contents = [];
    for (const { id } of threads) contents.push(await readThread(backend, id, 'v2'));
    return { threads, contents, assistants: await readList(backend, 'listAssistants', 'v2') };
  } finally {
    await store.close();
  }
}
