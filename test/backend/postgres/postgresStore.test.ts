import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { collectionNames, getIndexedFields } from '../../../src/backend/stores/collections.js';
import { MIGRATIONS } from '../../../src/backend/stores/postgres/postgresSchema.js';
import type { BlobStore } from '../../../src/backend/stores/blobs/BlobStore.js';
import { withBlobStore } from '../../../src/backend/stores/blobs/withBlobStore.js';
import {
  postgresStore,
  type PostgresStore,
} from '../../../src/backend/stores/postgres/postgresStore.js';
import type { Change, ListQuery } from '../../../src/backend/stores/Store.js';
import { createDeferred } from '../../createDeferred.js';
import { createMessage, createPuts, describeStore } from '../stores/describeStore.js';
import { type PostgresServer, startPostgres } from './startPostgres.js';

let server: PostgresServer;
let sql: postgres.Sql;
let schemaCount = 0;
const opened: PostgresStore[] = [];

beforeAll(async () => {
  server = await startPostgres();
  sql = connect(server.url);
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await server.stop();
});

const connect = (url: string, options: postgres.Options<Record<string, never>> = {}) =>
  postgres(url, { onnotice: () => undefined, ...options });

function createSchemaName(): string {
  schemaCount += 1;
  return `test_${schemaCount}`;
}

function open(schema = createSchemaName(), pool = sql): PostgresStore {
  const store = postgresStore({ sql: pool, schema });
  opened.push(store);
  return store;
}

describeStore('postgresStore', () => open());

it('returns everything to another process', async () => {
  const schema = createSchemaName();
  const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251);
  await open(schema).write([
    ...createPuts(3),
    { type: 'putContent', fileId: 'file-a', bytes },
    { type: 'putContent', fileId: 'file-empty', bytes: new Uint8Array() },
  ]);
  const second = open(schema);
  const page = await second.list('messages', { parent: 'thread_a', order: 'asc', limit: 5 });
  expect(page?.data).toEqual(createPuts(3).map((change) => change.type === 'put' && change.object));
  expect(await second.count('messages', 'thread_a')).toBe(3);
  const read = (await second.getContent('file-a')) ?? new Uint8Array();
  expect(Buffer.compare(read, bytes)).toBe(0);
  expect(await second.getContent('file-empty')).toEqual(new Uint8Array());
});

it('stores text that jsonb cannot hold', async () => {
  const store = open();
  const text = 'a\u0000b \uD800 \u{1F600}';
  const message = { ...createMessage('msg_1', 'thread_a'), metadata: { text } };
  await store.write([{ type: 'put', collection: 'messages', object: message, parent: 'thread_a' }]);
  expect((await store.get('messages', 'msg_1'))?.metadata).toEqual({ text });
});

it('creates the schema once for processes that start together', async () => {
  const schema = createSchemaName();
  const stores = Array.from({ length: 5 }, () => open(schema));
  await Promise.all(stores.map((store) => store.ready()));
  const versions = await sql`SELECT version FROM ${sql(schema)}.migrations`;
  expect(versions.map(({ version }) => Number(version))).toEqual(MIGRATIONS.map((_, i) => i + 1));
});

it('counts what concurrent processes add and remove', async () => {
  const schema = createSchemaName();
  const [first, second] = [open(schema), open(schema)];
  const threads = Array.from({ length: 20 }, (_, index) => `thread_${index}`);
  const getStore = (index: number) => (index % 2 === 0 ? first : second);
  await Promise.all(threads.map((thread, index) => getStore(index).write(createPuts(5, thread))));
  const listRemovals = (thread: string): Change[] =>
    Array.from({ length: 5 }, (_, index) => ({
      type: 'remove',
      collection: 'messages',
      id: `${thread}_msg_${index}`,
    }));
  await Promise.all(
    threads.slice(0, 10).map((thread, index) => getStore(index + 1).write(listRemovals(thread))),
  );
  expect(await first.count('messages')).toBe(50);
  expect(await second.count('messages', 'thread_3')).toBe(0);
  expect(await second.count('messages', 'thread_15')).toBe(5);
});

it('reads every page from an index', async () => {
  const schema = createSchemaName();
  await open(schema).ready();
  const pages: string[] = [];
  // Shows whether the query can be answered from an index in order, however small the tables are.
  const spy = connect(server.url, {
    max: 1,
    connection: { enable_seqscan: 'off', enable_sort: 'off' },
    debug: (_, text) => {
      if (text.startsWith('SELECT json') && text.includes('ORDER BY')) pages.push(text);
    },
  });
  const store = open(schema, spy);
  await store.write(createPuts(2, 'thread_a'));
  for (const collection of collectionNames) {
    for (const parent of [{}, { parent: 'thread_a' }]) {
      const base: ListQuery = { order: 'desc', limit: 20, ...parent };
      await store.list(collection, base);
      for (const field of getIndexedFields(collection))
        await store.list(collection, { ...base, where: { field, value: 'x' } });
    }
  }
  await store.list('messages', {
    order: 'asc',
    limit: 1,
    parent: 'thread_a',
    after: 'thread_a_msg_0',
    before: 'thread_a_msg_1',
  });
  const plans: string[] = [];
  for (const text of new Set(pages)) {
    const literal = text.replaceAll(/\$\d+/g, (name) => (/LIMIT \$/.test(name) ? '20' : '5'));
    const filled = literal
      .replaceAll(
        /(parent|key|run_id|status|purpose|file_id|batch_id|batch_status) = 5/g,
        "$1 = 'x'",
      )
      .replaceAll(/\$\d+/g, '5');
    const rows = await spy.unsafe(`EXPLAIN ${filled}`);
    const plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n');
    if (/Sort|Seq Scan|Filter/.test(plan)) plans.push(`${text}\n${plan}`);
  }
  await spy.end({ timeout: 1 });
  expect(pages.length).toBeGreaterThan(20);
  expect(plans).toEqual([]);
});

it('runs the tasks of one key one at a time in all processes', async () => {
  const schema = createSchemaName();
  const stores = [open(schema), open(schema), open(schema)];
  let running = 0;
  let most = 0;
  let done = 0;
  const task = async () => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    await stores[0]?.count('messages');
    running -= 1;
    done += 1;
  };
  const turns = Array.from({ length: 10 }, () => stores).flat();
  await Promise.all(turns.map((store) => store.withLock('a', task)));
  expect([most, done]).toEqual([1, 30]);
});

it('frees a lock when its task fails, and does not lock other keys', async () => {
  const [first, second] = [open('locks'), open('locks')];
  await expect(
    first.withLock('a', () => Promise.reject(new Error('The task failed.'))),
  ).rejects.toThrow('The task failed.');
  const finish = createDeferred<void>();
  const held = first.withLock('a', () => finish.promise);
  expect(await second.withLock('b', async () => 'b')).toBe('b');
  finish.resolve();
  await held;
  expect(await second.withLock('a', async () => 'a')).toBe('a');
});

it('refuses the writes of a task that has lost its lock', async () => {
  const schema = createSchemaName();
  const [slow, other] = [open(schema), open(schema)];
  await slow.withLock('thread_a', async () => {
    // The time of the lock has passed, because the process was suspended.
    await sql`UPDATE ${sql(schema)}.locks SET expires_at = now() - interval '1 second'`;
    await other.withLock('thread_a', async () => other.write(createPuts(1, 'thread_b')));
    await expect(slow.write(createPuts(1))).rejects.toMatchObject({
      name: 'StoreError',
      reason: 'busy',
    });
  });
  expect(await slow.count('messages', 'thread_a')).toBe(0);
  expect(await slow.count('messages', 'thread_b')).toBe(1);
});

it('lets work that a task has started continue after its lock', async () => {
  const store = open();
  const later = createDeferred<void>();
  let work: Promise<void> | undefined;
  await store.withLock('a', async () => {
    work = later.promise.then(() => store.write(createPuts(1)));
  });
  later.resolve();
  await work;
  expect(await store.count('messages')).toBe(1);
});

it('accepts every text as the key of a lock', async () => {
  const store = open();
  const random = Array.from({ length: 4_000 }, (_, index) =>
    ((index * 7_919) % 9_973).toString(36),
  );
  for (const key of ['a\0b', '\uD800', random.join('')])
    expect(await store.withLock(key, async () => 'done')).toBe('done');
});

it('writes nothing of a file if another change of the batch is rejected', async () => {
  const store = open();
  const createBatch = (id: string, fileId: string): Change[] => [
    { type: 'put', collection: 'messages', object: createMessage(id, 'thread_a') },
    { type: 'putContent', fileId, bytes: new Uint8Array(2_000_000) },
  ];
  await store.write(createPuts(1));
  await store.write(createBatch('thread_a_msg_0', 'file-b'));
  await expect(store.write(createBatch('msg_unknown', 'file-a'))).rejects.toThrow('needs a parent');
  // Waits for what the rejected write may still send.
  for (let turn = 0; turn < 20; turn++) await store.count('messages');
  expect(await store.getContent('file-a')).toBeUndefined();
});

it('does not remove the content of an upload that another process makes', async () => {
  const schema = createSchemaName();
  const contents = new Map<string, Uint8Array>();
  const [started, finish] = [createDeferred(), createDeferred()];
  const blobs: BlobStore = {
    async put(id, bytes) {
      contents.set(id, bytes);
      started.resolve();
      await finish.promise;
    },
    get: async (id) => contents.get(id),
    async remove(id) {
      contents.delete(id);
    },
  };
  const [first, second] = [withBlobStore(open(schema), blobs), withBlobStore(open(schema), blobs)];
  const bytes = new Uint8Array([1]);
  const upload = first.write([{ type: 'putContent', fileId: 'file-a', bytes }]);
  await started.promise;
  const cleaning = second.removeOrphans(new AbortController().signal);
  finish.resolve();
  await Promise.all([upload, cleaning]);
  expect(await second.getContent('file-a')).toEqual(bytes);
});

it('keeps a second active run out of a thread', async () => {
  const schema = createSchemaName();
  const store = open(schema);
  await store.ready();
  const insert = (id: string) =>
    sql.unsafe(
      `INSERT INTO ${schema}.runs (id, parent, status, json) VALUES ($1, 'thread_a', 'queued', '{}')`,
      [id],
    );
  await insert('run_1');
  await expect(insert('run_2')).rejects.toThrow('runs_active');
});

it('continues when the server has restarted, and loses no write', async () => {
  const store = open();
  await store.write(createPuts(1, 'thread_before'));
  await server.kill();
  const written = store.write(createPuts(3));
  await server.start();
  await written;
  expect(await store.count('messages', 'thread_a')).toBe(3);
  expect(await store.count('messages', 'thread_before')).toBe(1);
});

it('says what is wrong with a database that cannot be used', async () => {
  const schema = createSchemaName();
  await open(schema).ready();
  await sql.unsafe(`INSERT INTO ${schema}.migrations (version) VALUES (1000)`);
  await expect(open(schema).ready()).rejects.toThrow('newer version of assistants-react');

  await sql.unsafe(`CREATE ROLE guest LOGIN`);
  const { port, pathname } = new URL(server.url);
  const cases: [string, RegExp][] = [
    [`postgres://guest@127.0.0.1:${port}${pathname}`, /lacks a privilege.*Grant it CREATE/],
    [`postgres://tests@127.0.0.1:${port}/missing`, /"missing" does not exist\. Create it/],
    [`postgres://unknown@127.0.0.1:${port}${pathname}`, /rejected the login/],
  ];
  for (const [url, message] of cases) {
    const pool = connect(url, { max: 1 });
    await expect(open(createSchemaName(), pool).ready()).rejects.toMatchObject({
      name: 'StoreError',
      message: expect.stringMatching(message),
    });
    await pool.end({ timeout: 1 });
  }
});

it('rejects names of schemas that need quotes', () => {
  expect(() => postgresStore({ sql, schema: 'a"; DROP TABLE x' })).toThrow('`schema` must have');
});
