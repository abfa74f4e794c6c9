import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as sqlite from 'node-sqlite3-wasm';
import { afterEach, expect, it } from 'vitest';
import { INDEXED_FIELDS } from '../../../src/backend/stores/indexedFields.js';
import { getPageSql, getTableSql } from '../../../src/backend/stores/sqliteSchema.js';
import { sqliteStore } from '../../../src/backend/stores/sqliteStore.js';
import type { Change, Collection, ListQuery, Store } from '../../../src/backend/stores/Store.js';
import { message, storeConformance } from './describeStore.js';

const { Database } = createRequire(import.meta.url)('node-sqlite3-wasm') as typeof sqlite;

const opened: Required<Store>[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-store-'));
  folders.push(folder);
  return join(folder, 'store.sqlite');
}

function open(path = newPath()): Required<Store> {
  const store = sqliteStore({ path });
  opened.push(store);
  return store;
}

/** Closes it now, and not once more afterwards. */
async function close(store: Required<Store>): Promise<void> {
  opened.splice(opened.indexOf(store), 1);
  await store.close();
}

const puts = (count: number, thread = 'thread_a'): Change[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'put',
    collection: 'messages',
    object: message(`${thread}_msg_${index}`, thread),
    parent: thread,
  }));

storeConformance('sqliteStore', () => open());

it('has everything again when it is opened again', async () => {
  const path = newPath();
  const first = open(path);
  await first.write([
    ...puts(3),
    { type: 'putContent', fileId: 'file-a', bytes: new Uint8Array([1, 2, 3]) },
    { type: 'putContent', fileId: 'file-empty', bytes: new Uint8Array() },
  ]);
  await close(first);
  const second = open(path);
  expect(
    (await second.list('messages', { parent: 'thread_a', order: 'asc', limit: 5 }))?.data,
  ).toEqual(puts(3).map((change) => 'object' in change && change.object));
  expect(await second.count('messages', 'thread_a')).toBe(3);
  expect(await second.getContent('file-a')).toEqual(new Uint8Array([1, 2, 3]));
  expect(await second.getContent('file-empty')).toEqual(new Uint8Array());
});

it('keeps a file of many parts, and replaces it', async () => {
  const store = open();
  const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251);
  await store.write([{ type: 'putContent', fileId: 'file-a', bytes }]);
  expect(Buffer.compare((await store.getContent('file-a')) ?? new Uint8Array(), bytes)).toBe(0);
  await store.write([{ type: 'putContent', fileId: 'file-a', bytes: bytes.subarray(0, 300_000) }]);
  expect((await store.getContent('file-a'))?.length).toBe(300_000);
});

it('reads every page from an index', () => {
  const database = new Database();
  const scans: string[] = [];
  const queries: [
    Collection,
    Omit<ListQuery, 'after' | 'before'> & { after?: number; before?: number },
  ][] = [];
  for (const collection of [
    'assistants',
    'messages',
    'runs',
    'steps',
    'files',
    'storedResponses',
  ] as const) {
    database.exec(getTableSql(collection));
    for (const order of ['asc', 'desc'] as const) {
      for (const cursor of [{}, { after: 5 }, { before: 5 }, { after: 5, before: 9 }]) {
        for (const parent of [{}, { parent: 'thread_a' }]) {
          const base = { order, limit: 20, ...cursor, ...parent };
          queries.push([collection, base]);
          for (const field of INDEXED_FIELDS[collection] ?? [])
            queries.push([collection, { ...base, where: { field, value: 'x' } }]);
        }
      }
    }
  }
  for (const [collection, query] of queries) {
    const { text, values } = getPageSql(collection, query);
    const plan = database
      .all(`EXPLAIN QUERY PLAN ${text}`, values)
      .map(({ detail }) => (typeof detail === 'string' ? detail : ''));
    // Without a parent the list is the table itself, which is read in its order and only as far as the page goes.
    const isWhole = query.parent === undefined && query.where === undefined;
    const isGood =
      plan.length === 1 &&
      (isWhole || plan[0]?.startsWith('SEARCH')) &&
      !plan.join().includes('TEMP B-TREE');
    if (!isGood) scans.push(`${text}: ${plan.join('; ')}`);
  }
  database.close();
  expect(queries.length).toBeGreaterThan(100);
  expect(scans).toEqual([]);
});

it('refuses to list by a field that it would have to search for', async () => {
  const page = open().list('messages', {
    order: 'asc',
    limit: 1,
    where: { field: 'role', value: 'user' },
  });
  await expect(page).rejects.toThrow('The collection messages has no index of role.');
});

it('finds nothing for an id or a value that no object can have', async () => {
  const store = open();
  await store.write(puts(1));
  expect(await store.get('messages', 'thread_a_msg_0\0')).toBeUndefined();
  const where = { field: 'run_id', value: 'x\0' };
  expect(await store.list('messages', { order: 'asc', limit: 1, where })).toEqual({
    data: [],
    hasMore: false,
  });
  expect(
    await store.list('messages', { order: 'asc', limit: 1, after: 'thread_a_msg_0\0' }),
  ).toBeNull();
});

it('opens 10,000 messages in less than a second', async () => {
  const path = newPath();
  const first = open(path);
  await first.write(puts(10_000));
  await close(first);
  const start = performance.now();
  const page = await open(path).list('messages', {
    parent: 'thread_a',
    order: 'desc',
    limit: 10_000,
  });
  expect(page?.data).toHaveLength(10_000);
  expect(performance.now() - start).toBeLessThan(1000);
});

it('writes batches that come at once in the order of the calls', async () => {
  const store = open();
  await Promise.all(puts(200).map((change) => store.write([change])));
  const page = await store.list('messages', { parent: 'thread_a', order: 'asc', limit: 1000 });
  expect(page?.data.map(({ id }) => id)).toEqual(
    puts(200).map((change) => 'object' in change && change.object.id),
  );
});

it('refuses a file that is open already, and gives it free when it is closed', async () => {
  const path = newPath();
  const first = open(path);
  expect(() => open(path)).toThrow(
    expect.objectContaining({
      reason: 'busy',
      message: expect.stringContaining(`process ${process.pid}`),
    }),
  );
  await close(first);
  await open(path).write(puts(1));
});

it('sweeps the lock that a killed process left behind', async () => {
  const path = newPath();
  await close(open(path));
  mkdirSync(`${path}.lock`);
  expect(await open(path).count('messages')).toBe(0);
});

it('reads on behind a log whose end is torn', async () => {
  const path = newPath();
  const store = open(path);
  await store.write(puts(5));
  // As a killed process leaves it, and with half a record more.
  const copy = `${path}.copy`;
  for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${copy}${end}`);
  appendFileSync(`${copy}-wal`, new Uint8Array(3000).fill(7));
  expect(await open(copy).count('messages', 'thread_a')).toBe(5);
});

it.each<[string, (path: string) => void, RegExp]>([
  [
    'a text',
    (path) =>
      writeFileSync(path, 'Not a database, but long enough to be taken for one. '.repeat(100)),
    /Cannot open the store .*not a database/,
  ],
  ['a folder', (path) => mkdirSync(path), /Cannot open the store/],
  [
    'a file in what is no folder',
    (path) => writeFileSync(join(path, '..', 'plain'), ''),
    /Cannot use .* as a store/,
  ],
])('refuses %s, and says so', (name, prepare, expected) => {
  const path = newPath();
  prepare(path);
  const target = name.startsWith('a file in') ? join(path, '..', 'plain', 'store.sqlite') : path;
  expect(() => open(target)).toThrow(
    expect.objectContaining({
      name: 'StoreError',
      reason: 'failed',
      message: expect.stringMatching(expected),
    }),
  );
});

it('refuses the database of something else, and one of a later version', async () => {
  const foreign = newPath();
  const other = new Database(foreign);
  other.exec('CREATE TABLE theirs (id)');
  other.close();
  expect(() => open(foreign)).toThrow('is a database of another application');
  const later = newPath();
  await close(open(later));
  const ours = new Database(later);
  ours.all('PRAGMA locking_mode = EXCLUSIVE');
  ours.exec('PRAGMA user_version = 1000');
  ours.close();
  expect(() => open(later)).toThrow('newer version');
  expect(existsSync(`${later}.lock`)).toBe(false);
});

it('says that a file is damaged instead of answering something', async () => {
  const path = newPath();
  const store = open(path);
  await store.write(puts(500));
  await close(store);
  truncateSync(path, 20_000);
  const read = async () =>
    open(path).list('messages', { parent: 'thread_a', order: 'asc', limit: 500 });
  await expect(read()).rejects.toThrow(/malformed|Cannot open/);
});
