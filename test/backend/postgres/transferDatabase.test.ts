import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import { parseCommand } from '../../../src/backend/server/parseCommand.js';
import { openDatabase } from '../../../src/backend/server/openDatabase.js';
import { runTransfer } from '../../../src/backend/server/runTransfer.js';
import { createSetup } from '../server/transferHarness.js';
import { type PostgresServer, startPostgres } from './startPostgres.js';

let database: PostgresServer;

beforeAll(async () => {
  database = await startPostgres();
});
afterAll(() => database.stop());

/** Runs a command. `@` stands for the folder of the test. */
async function run(folder: string, line: string) {
  const env = { DATABASE_URL: database.url };
  const command = parseCommand(line.replaceAll('@', folder).split(' '), env);
  if (command.name !== 'import' && command.name !== 'export') throw new Error(command.name);
  return runTransfer(command, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

async function countSchemas(): Promise<number> {
  const sql = postgres(database.url, { max: 1 });
  const rows = await sql`SELECT FROM pg_namespace WHERE nspname = 'assistants'`;
  await sql.end();
  return rows.length;
}

/** Lists the ids of the threads that a user sees. */
async function listThreads(user: string): Promise<string[]> {
  const { store } = await openDatabase(database.url);
  const backend = createBackend({ store, user: () => ({ id: user, isAdmin: user === 'admin' }) });
  const response = await backend.fetch(new Request('http://localhost/v1/threads?order=asc'));
  const { data } = (await response.json()) as { data: { id: string }[] };
  await backend.close({ deadlineMs: 0 });
  return data.map(({ id }) => id);
}

it('imports into PostgreSQL for a user, and exports the objects of the user', async () => {
  const { folder, threads } = createSetup(3);
  const ids = threads.map(({ thread }) => String(thread.id));
  await expect(run(folder, 'export @/none')).rejects.toThrow('The database has no store.');
  const planned = await run(folder, 'import @/export --dry-run');
  expect(planned.counts.threads.added).toBe(3);
  expect(await countSchemas()).toBe(0);

  await run(folder, 'import @/export --user alice');
  expect(await listThreads('alice')).toEqual(ids);
  expect([await listThreads('bob'), await listThreads('admin')]).toEqual([[], []]);
  const again = await run(folder, 'import @/export --user alice');
  expect([again.counts.threads, again.problems]).toEqual([
    { added: 0, present: 3, skipped: 0 },
    [],
  ]);

  const other = await run(folder, 'import @/export --user bob');
  expect(other.counts.threads).toEqual({ added: 0, present: 0, skipped: 3 });
  expect(other.problems[0]?.message).toMatch(/does not belong to the user bob. It was kept.$/);
  expect(await listThreads('alice')).toEqual(ids);

  const own = await run(folder, 'export @/alice --user alice');
  const none = await run(folder, 'export @/bob --user bob');
  expect([own.counts.threads.added, none.counts.threads.added]).toEqual([3, 0]);
  expect(none.counts.assistants.added).toBe(0);
  const copied = await run(folder, 'import @/alice --data @/copy.sqlite');
  expect(copied.counts.threads.added).toBe(3);
  const named = await run(folder, 'export @/named --user bob --threads @/ids.txt').catch(String);
  expect(named).toContain('Cannot read the thread ids');
  const manifest = readFileSync(join(folder, 'alice/manifest.json'), 'utf8');
  expect(JSON.parse(manifest)).toMatchObject({ threads_exported: 3 });
});
