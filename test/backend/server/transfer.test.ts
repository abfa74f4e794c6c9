import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { serveBackend } from '../../../src/backend/server/serveBackend.js';
import { createDeferred } from '../../createDeferred.js';
import { parseCommand } from '../../../src/backend/server/parseCommand.js';
import { runTransfer } from '../../../src/backend/server/runTransfer.js';
import type { TransferReport } from '../../../src/backend/transfer/TransferReport.js';
import { createExportedThread, createExportFolder } from '../transfer/createExport.js';
import { createSetup, readData, runCommand, startCommand, writeFiles } from './transferHarness.js';

/** Runs a command in this process. `@` stands for the folder of the test. */
async function run(folder: string, line: string): Promise<TransferReport> {
  const command = parseCommand(line.replaceAll('@', folder).split(' '), {});
  if (command.name !== 'import' && command.name !== 'export') throw new Error(command.name);
  const { signal } = new AbortController();
  return runTransfer(command, { signal, onProgress: () => {} });
}

it('imports a folder, exports it, and imports the export into an equal database', async () => {
  const { folder, data, threads } = createSetup(5);
  const imported = await runCommand(
    ['import', 'export', '--data', 'chat.sqlite', '--report', 'report.json'],
    folder,
  );
  expect(imported.code).toBe(0);
  expect(imported.stdout).toMatch(/^threads +5 added, 0 already there, 0 skipped$/m);
  expect(imported.stdout).toContain('--files FOLDER');
  expect(imported.stderr).toMatch(/100 %, 5 of 5 threads, about 0 s left\n$/);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as TransferReport;
  expect(report.counts.threads.added).toBe(5);
  const before = await readData(data);
  expect(before.threads.map(({ id }) => id)).toEqual(threads.map(({ thread }) => thread.id));

  const again = await run(folder, 'import @/export --data @/chat.sqlite');
  expect(again.counts.threads).toEqual({ added: 0, present: 5, skipped: 0 });
  await run(folder, 'export @/out --data @/chat.sqlite');
  expect(readdirSync(join(folder, 'out')).toSorted()).toEqual(
    ['assistants.json', 'files.json', 'manifest.json', 'threads'].toSorted(),
  );
  await run(folder, 'import @/out --data @/copy.sqlite');
  expect(await readData(join(folder, 'copy.sqlite'))).toEqual(before);
});

it('says which file of thread ids cannot be read', async () => {
  const { folder } = createSetup(1);
  await expect(
    run(folder, 'export @/out --data @/chat.sqlite --threads @/none.txt'),
  ).rejects.toThrow(/^Cannot read the thread ids of --threads .*none\.txt: ENOENT/);
});

it('exports the threads that a file names', async () => {
  const { folder } = createSetup(3);
  await run(folder, 'import @/export --data @/chat.sqlite');
  writeFileSync(join(folder, 'ids.txt'), '# mine\nthread_2\n\nthread_2\nthread_none\n../x\n');
  const report = await run(folder, 'export @/out --data @/chat.sqlite --threads @/ids.txt');
  expect(report.problems.map(({ type, where }) => [type, where])).toEqual([
    ['skipped', 'thread_none'],
    ['skipped', '../x'],
  ]);
  expect(readdirSync(join(folder, 'out/threads'))).toEqual(['thread_2.json']);
});

it('creates no database in a dry run', async () => {
  const { folder, data } = createSetup(2);
  const report = await run(folder, 'import @/export --data @/chat.sqlite --dry-run');
  expect(report.counts.threads.added).toBe(2);
  expect(existsSync(data)).toBe(false);
});

it('takes originals from a folder', async () => {
  const { folder, data } = createSetup(1);
  writeFiles(join(folder, 'originals'), new Map([['a/file-1.txt', new Uint8Array(5)]]));
  const report = await run(folder, 'import @/export --data @/chat.sqlite --files @/originals');
  expect(report.counts.contents.added).toBe(1);
  await run(folder, 'export @/out --data @/chat.sqlite');
  expect(readFileSync(join(folder, 'out/files/file-1'))).toHaveLength(5);
  expect(existsSync(data)).toBe(true);
});

it('ends with one line and the status 1 if nothing can be done', async () => {
  const { folder } = createSetup(1);
  const result = await runCommand(['import', 'nothing', '--data', 'd.sqlite'], folder);
  expect(result).toEqual({
    code: 1,
    stdout: '',
    stderr: 'assistants-react: nothing does not exist.\n',
  });
});

it.each<[string, RegExp]>([
  ['import @/a.zip --data @/d.sqlite', /a\.zip is not a folder.*Unpack/],
  ['import @/photos --data @/d.sqlite', /photos is not an export/],
  ['import @/export --data @/other.sqlite', /other\.sqlite/],
  ['export @/out --data @/none.sqlite', /none\.sqlite does not exist\./],
  ['export @/export --data @/other.sqlite', /export is not empty/],
])('refuses %j', async (line, message) => {
  const { folder } = createSetup(1);
  mkdirSync(join(folder, 'photos'));
  writeFileSync(join(folder, 'photos/a.jpg'), 'x');
  writeFileSync(join(folder, 'a.zip'), 'PK');
  writeFileSync(join(folder, 'other.sqlite'), 'no database');
  await expect(run(folder, line)).rejects.toThrow(message);
  expect(readFileSync(join(folder, 'other.sqlite'), 'utf8')).toBe('no database');
});

it('does not follow symbolic links', async () => {
  const { folder, exported } = createSetup(1);
  const secret = createExportedThread(9, {
    version: 'v2',
    messageCount: 1,
    runCount: 0,
    createdAt: 1,
    text: '',
    metadata: {},
  });
  writeFiles(join(folder, 'secret'), createExportFolder([secret]));
  symlinkSync(join(folder, 'secret'), join(exported, 'link'));
  symlinkSync(join(folder, 'secret/threads/thread_9.json'), join(exported, 'threads/link.json'));
  symlinkSync(join(folder, 'none.txt'), join(exported, 'note.txt'));
  const report = await run(folder, 'import @/export --data @/chat.sqlite');
  expect(report.counts.threads.added).toBe(1);
  expect(report.problems.filter(({ type }) => type === 'skipped')).toMatchObject([
    { where: 'link', message: expect.stringContaining('symbolic link') },
    { where: 'threads/link.json', message: expect.stringContaining('symbolic link') },
  ]);
});

it('imports nothing if its report cannot be written', async () => {
  const { folder, data } = createSetup(1);
  await expect(
    run(folder, 'import @/export --data @/chat.sqlite --report @/none/report.json'),
  ).rejects.toThrow(/^Cannot write the report of --report .*none\/report\.json: ENOENT/);
  expect(existsSync(data)).toBe(false);
});

it.each(['SIGINT', 'SIGTERM'] as const)('says after %s how to continue', async (signal) => {
  const { folder } = createSetup(1);
  const received = createDeferred();
  const source = await serveBackend({
    fetch: () => {
      received.resolve();
      return new Promise<Response>(() => {});
    },
  });
  try {
    const child = startCommand(['import', '--from', `${source.url}/v1`, '--data', 'd'], folder);
    const closed = once(child, 'close');
    await received.promise;
    child.kill(signal);
    const words = await text(child.stderr);
    await closed;
    expect([child.exitCode, words]).toEqual([1, expect.stringContaining('Interrupted.')]);
  } finally {
    await source.close();
  }
});
