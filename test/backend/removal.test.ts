import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Change, Collection, Store } from '../../src/backend/stores/Store.js';
import { StoreError } from '../../src/backend/stores/StoreError.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import { sqliteStore } from '../../src/backend/stores/sqliteStore.js';
import { createTestBackend } from './createTestBackend.js';

const MESSAGES = 1100;
const RUNS = 600;
const HELD: Collection[] = ['messages', 'runs', 'steps', 'removals'];

const folder = mkdtempSync(join(tmpdir(), 'removal-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Opens a store, and opens it again as the next process would. */
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

/** A thread that is removed in several writes, and another one, which stays. */
async function fill(store: Store): Promise<{ thread: string; other: string }> {
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
    for (const one of message?.data ?? [])
      changes.push({
        type: 'put',
        collection: 'messages',
        object: { ...one, id: `msg_${index}` },
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
    for (const one of step?.data ?? [])
      changes.push({
        type: 'put',
        collection: 'steps',
        object: { ...one, id: `step_${index}` },
        parent: `run_${index}`,
      });
  }
  await store.write(changes);
  return { thread, other };
}

async function held(store: Store): Promise<number[]> {
  return Promise.all(HELD.map((collection) => store.count(collection)));
}

describe.each(STORES)('a long thread in a store of %s', (_, open) => {
  test('is removed with all it holds', async () => {
    const { store } = open();
    const { thread } = await fill(store);
    const { send } = createTestBackend({ store });
    expect((await send('DELETE', `/v1/threads/${thread}`)).body).toEqual({
      id: thread,
      object: 'thread.deleted',
      deleted: true,
    });
    expect(await held(store)).toEqual([1, 0, 0, 0]);
  });

  test.each([1, 2, 3, 4])(
    'is whole or gone when the process dies behind write %i of its removal, and then swept',
    async (lastWrite) => {
      const { store, reopen } = open();
      const { thread, other } = await fill(store);
      let writes = 0;
      let die = () => {};
      const died = new Promise<void>((resolve) => void (die = resolve));
      const dying: Store = {
        ...store,
        async write(changes) {
          await store.write(changes);
          if (++writes < lastWrite) return;
          die();
          await new Promise(() => {});
        },
      };
      void createTestBackend({ store: dying }).send('DELETE', `/v1/threads/${thread}`);
      await died;

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
      expect(await held(next)).toEqual([1, 0, 0, 0]);
      expect((await send('GET', `/v1/threads/${other}/messages`)).body.data).toHaveLength(1);
      await backend.close();
    },
  );

  test('is gone though the store can take no more behind the first write, and whole when it cannot take that', async () => {
    const { store, reopen } = open();
    const { thread } = await fill(store);
    let room = 0;
    const full: Store = {
      ...store,
      write: (changes) =>
        room-- > 0 ? store.write(changes) : Promise.reject(new StoreError('full', 'No room.')),
    };
    const { send } = createTestBackend({ store: full, onError: () => {} });
    expect((await send('DELETE', `/v1/threads/${thread}`)).status).toBe(507);
    expect((await send('GET', `/v1/threads/${thread}`)).status).toBe(200);
    expect((await held(store))[0]).toBe(MESSAGES + 3);
    room = 1;
    expect((await send('DELETE', `/v1/threads/${thread}`)).status).toBe(200);
    expect((await send('GET', `/v1/threads/${thread}`)).status).toBe(404);
    const next = await reopen();
    const { send: ask, backend } = createTestBackend({ store: next });
    await ask('GET', '/v1/assistants');
    await backend.idle();
    expect(await held(next)).toEqual([1, 0, 0, 0]);
    await backend.close();
  });
});
