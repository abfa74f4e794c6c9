import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type * as sqlite from 'node-sqlite3-wasm';
import { afterEach, expect, it } from 'vitest';
import { collectionNames, getIndexedFields } from '../../../src/backend/stores/collections.js';
import { getSqlitePageSql, getTableSql } from '../../../src/backend/stores/sqliteSchema.js';
import { sqliteStore } from '../../../src/backend/stores/sqliteStore.js';
import type { Collection, ListQuery } from '../../../src/backend/stores/Store.js';
import { createPuts, describeStore } from './describeStore.js';

const { Database } = createRequire(import.meta.url)('node-sqlite3-wasm') as typeof sqlite;

type ClosableStore = ReturnType<typeof sqliteStore>;

const opened: ClosableStore[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function createPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-store-'));
  folders.push(folder);
  return join(folder, 'store.sqlite');
}

function open(path = createPath()): ClosableStore {
  const store = sqliteStore({ path });
  opened.push(store);
  return store;
}

/** Closes a store before the end of the test. */
async function close(store: ClosableStore): Promise<void> {
  opened.splice(opened.indexOf(store), 1);
  await store.close();
}

describeStore('sqliteStore', () => open());

it('returns everything after it is reopened', async () => {
  const path = createPath();
  const first = open(path);
  await first.write([
    ...createPuts(3),
    { type: 'putContent', fileId: 'file-a', bytes: new Uint8Array([1, 2, 3]) },
    { type: 'putContent', fileId: 'file-empty', bytes: new Uint8Array() },
  ]);
  await close(first);
  const second = open(path);
  expect(
    (await second.list('messages', { parent: 'thread_a', order: 'asc', limit: 5 }))?.data,
  ).toEqual(createPuts(3).map((change) => change.type === 'put' && change.object));
  expect(await second.count('messages', 'thread_a')).toBe(3);
  expect(await second.getContent('file-a')).toEqual(new Uint8Array([1, 2, 3]));
  expect(await second.getContent('file-empty')).toEqual(new Uint8Array());
});

it('reads every page from an index', () => {
  const database = new Database();
  const scans: string[] = [];
  const queries: [
    Collection,
    Omit<ListQuery, 'after' | 'before'> & { after?: number; before?: number },
  ][] = [];
  for (const collection of collectionNames) {
    database.exec(getTableSql(collection));
    for (const order of ['asc', 'desc'] as const) {
      for (const cursor of [{}, { after: 5 }, { before: 5 }, { after: 5, before: 9 }]) {
        for (const parent of [{}, { parent: 'thread_a' }]) {
          const base = { order, limit: 20, ...cursor, ...parent };
          queries.push([collection, base]);
          for (const field of getIndexedFields(collection))
            queries.push([collection, { ...base, where: { field, value: 'x' } }]);
        }
      }
    }
  }
  for (const [collection, query] of queries) {
    const { text, values } = getSqlitePageSql(collection, query);
    const plan = database
      .all(`EXPLAIN QUERY PLAN ${text}`, values)
      .map(({ detail }) => (typeof detail === 'string' ? detail : ''));
    // Without a filter, SQLite scans the table in order and stops at the end of the page.
    const isUnfiltered = query.parent === undefined && query.where === undefined;
    const usesIndex =
      plan.length === 1 &&
      (isUnfiltered || plan[0]?.startsWith('SEARCH')) &&
      !plan.join().includes('TEMP B-TREE');
    if (!usesIndex) scans.push(`${text}: ${plan.join('; ')}`);
  }
  database.close();
  expect(queries.length).toBeGreaterThan(100);
  expect(scans).toEqual([]);
});

it('opens and lists 10,000 messages', async () => {
  const path = createPath();
  const first = open(path);
  await first.write(createPuts(10_000));
  await close(first);
  const page = await open(path).list('messages', {
    parent: 'thread_a',
    order: 'desc',
    limit: 10_000,
  });
  expect(page?.data).toHaveLength(10_000);
});

it('applies concurrent batches in call order', async () => {
  const store = open();
  await Promise.all(createPuts(200).map((change) => store.write([change])));
  const page = await store.list('messages', { parent: 'thread_a', order: 'asc', limit: 1000 });
  expect(page?.data.map(({ id }) => id)).toEqual(
    createPuts(200).map((change) => change.type === 'put' && change.object.id),
  );
});

it('rejects a file that is open, and accepts it after it is closed', async () => {
  const path = createPath();
  const first = open(path);
  expect(() => open(path)).toThrow(
    expect.objectContaining({
      reason: 'busy',
      message: expect.stringContaining(`process ${process.pid}`),
    }),
  );
  await close(first);
  await open(path).write(createPuts(1));
});

it('removes the SQLite lock of a killed process', async () => {
  const path = createPath();
  await close(open(path));
  mkdirSync(`${path}.lock`);
  expect(await open(path).count('messages')).toBe(0);
});

it('recovers from an incomplete record at the end of the log', async () => {
  const path = createPath();
  const store = open(path);
  await store.write(createPuts(5));
  // The files that a killed process leaves, with half a record appended.
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
  ['a folder', (path) => mkdirSync(path), /Cannot open the store .*: it is a folder\. Name a file/],
  [
    'a file in a folder that is a file',
    (path) => writeFileSync(join(path, '..', 'plain'), ''),
    /Cannot use .* as a store/,
  ],
])('rejects %s with a StoreError', (name, prepare, expected) => {
  const path = createPath();
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

it('leaves no files beside a folder', () => {
  const path = createPath();
  mkdirSync(path);
  expect(() => open(path)).toThrow('it is a folder');
  expect(readdirSync(dirname(path))).toEqual([basename(path)]);
});

it('rejects databases of other applications and of newer versions', async () => {
  const foreign = createPath();
  const other = new Database(foreign);
  other.exec('CREATE TABLE theirs (id)');
  other.close();
  expect(() => open(foreign)).toThrow('is a database of another application');
  const later = createPath();
  await close(open(later));
  const ours = new Database(later);
  ours.all('PRAGMA locking_mode = EXCLUSIVE');
  ours.exec('PRAGMA user_version = 1000');
  ours.close();
  expect(() => open(later)).toThrow('newer version');
  expect(existsSync(`${later}.lock`)).toBe(false);
});

it('rejects if the file is damaged', async () => {
  const path = createPath();
  const store = open(path);
  await store.write(createPuts(500));
  await close(store);
  truncateSync(path, 20_000);
  const read = async () =>
    open(path).list('messages', { parent: 'thread_a', order: 'asc', limit: 500 });
  await expect(read()).rejects.toThrow(/malformed|Cannot open/);
});
