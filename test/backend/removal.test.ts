import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Change, Collection, Store } from '../../src/backend/stores/Store.js';
import { StoreError } from '../../src/backend/stores/StoreError.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import { sqliteStore } from '../../src/backend/stores/sqliteStore.js';
import { createDeferred } from '../createDeferred.js';
import { createTestBackend } from './createTestBackend.js';

const MESSAGES = 1100;
const RUNS = 600;
const CONTENTS: Collection[] = ['messages', 'runs', 'steps', 'removals'];

const folder = mkdtempSync(join(tmpdir(), 'removal-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Stores, with a function that reopens each like a new process. */
const STORES: [name: string, open: () => { store: Store; reopen: () => Promise<Store> }][] = [
  [
    'memory',
    () => {
      const store = memoryStore();
      return { store, reopen: async () => store };
    },
  ],
  [
    'SQLite',
    () => {
      const path = join(folder, `${Math.random()}.sqlite`);
      const store = sqliteStore({ path });
      return { store, reopen: async () => store.close().then(() => sqliteStore({ path })) };
    },
  ],
];

/** Creates a thread that is removed in several writes, and a thread that is kept. */
async function createThreads(store: Store): Promise<{ thread: string; other: string }> {
  const { send, create, backend } = createTestBackend({ store });
  const assistant = await create('/v1/assistants', { model: 'm' });
  const { body } = await send('POST', '/v1/threads/runs', {
    assistant_id: assistant,
    thread: { messages: [{ role: 'user', content: 'Hi' }] },
  });
  const thread = String(body['thread_id']);
  const other = await create('/v1/threads', { messages: [{ role: 'user', content: 'Hi' }] });
  await backend.idle();
  const message = await store.list('messages', { parent: thread, order: 'asc', limit: 1 });
  const run = await store.get('runs', body.id ?? '');
  const step = await store.list('steps', { parent: body.id ?? '', order: 'asc', limit: 1 });
  const changes: Change[] = [];
  for (let index = 0; index < MESSAGES; index++) {
    for (const object of message?.data ?? [])
      changes.push({
        type: 'put',
        collection: 'messages',
        object: { ...object, id: `msg_${index}` },
        parent: thread,
      });
  }
  for (let index = 0; index < RUNS; index++) {
    if (run !== undefined)
      changes.push({
        type: 'put',
        collection: 'runs',
        object: { ...run, id: `run_${index}` },
        parent: thread,
      });
    for (const object of step?.data ?? [])
      changes.push({
        type: 'put',
        collection: 'steps',
        object: { ...object, id: `step_${index}` },
        parent: `run_${index}`,
      });
  }
  await store.write(changes);
  return { thread, other };
}

async function countContents(store: Store): Promise<number[]> {
  return Promise.all(CONTENTS.map((collection) => store.count(collection)));
}

describe.each(STORES)('a long thread in the %s store', (_, open) => {
  test('is removed with its messages, runs and steps', async () => {
    const { store } = open();
    const { thread } = await createThreads(store);
    const { send } = createTestBackend({ store });
    expect((await send('DELETE', `/v1/threads/${thread}`)).body).toEqual({
      id: thread,
      object: 'thread.deleted',
      deleted: true,
    });
    expect(await countContents(store)).toEqual([1, 0, 0, 0]);
  });

  test.each([1, 2, 3, 4])(
    'is not visible if the process dies after write %i, and its contents are removed after a restart',
    async (lastWrite) => {
      const { store, reopen } = open();
      const { thread, other } = await createThreads(store);
      let writes = 0;
      const died = createDeferred();
      const dying: Store = {
        ...store,
        async write(changes) {
          await store.write(changes);
          writes += 1;
          if (writes < lastWrite) return;
          died.resolve();
          await new Promise(() => {});
        },
      };
      void createTestBackend({ store: dying }).send('DELETE', `/v1/threads/${thread}`);
      await died.promise;

      const next = await reopen();
      const { send, backend } = createTestBackend({ store: next });
      for (const path of [
        '',
        '/messages',
        '/runs',
        '/messages/msg_0',
        '/runs/run_0',
        '/runs/run_0/steps',
      ]) {
        expect((await send('GET', `/v1/threads/${thread}${path}`)).status).toBe(404);
      }
      await backend.idle();
      expect(await countContents(next)).toEqual([1, 0, 0, 0]);
      expect((await send('GET', `/v1/threads/${other}/messages`)).body.data).toHaveLength(1);
      await backend.close();
    },
  );

  test('is removed if only the first write succeeds, and kept if no write does', async () => {
    const { store, reopen } = open();
    const { thread } = await createThreads(store);
    let allowedWrites = 0;
    const full: Store = {
      ...store,
      write: (changes) => {
        allowedWrites -= 1;
        return allowedWrites >= 0
          ? store.write(changes)
          : Promise.reject(new StoreError('full', 'No space left.'));
      },
    };
    const { send } = createTestBackend({ store: full, onError: () => {} });
    expect((await send('DELETE', `/v1/threads/${thread}`)).status).toBe(507);
    expect((await send('GET', `/v1/threads/${thread}`)).status).toBe(200);
    expect((await countContents(store))[0]).toBe(MESSAGES + 3);
    allowedWrites = 1;
    expect((await send('DELETE', `/v1/threads/${thread}`)).status).toBe(200);
    expect((await send('GET', `/v1/threads/${thread}`)).status).toBe(404);
    const next = await reopen();
    const { send: sendNext, backend } = createTestBackend({ store: next });
    await sendNext('GET', '/v1/assistants');
    await backend.idle();
    expect(await countContents(next)).toEqual([1, 0, 0, 0]);
    await backend.close();
  });
});
