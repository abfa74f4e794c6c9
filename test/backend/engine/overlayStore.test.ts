import { expect, test } from 'vitest';
import { overlayStore } from '../../../src/backend/engine/overlayStore.js';
import type { Collections } from '../../../src/backend/stores/Store.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';

const message: Collections['messages'] = {
  id: 'msg_a',
  object: 'thread.message',
  created_at: 1,
  thread_id: 'thread_a',
  status: 'in_progress',
  incomplete_details: null,
  completed_at: null,
  incomplete_at: null,
  role: 'assistant',
  content: [],
  assistant_id: 'asst_a',
  run_id: 'run_a',
  file_ids: [],
  attachments: [],
  metadata: {},
};
const content = [{ type: 'text' as const, text: { value: 'So far', annotations: [] } }];

async function growing() {
  const below = memoryStore();
  const store = overlayStore(below);
  await store.write([{ type: 'put', collection: 'messages', object: message, parent: 'thread_a' }]);
  return { below, store };
}

test('shows growing parts in get and list without writing them', async () => {
  const { below, store } = await growing();

  store.grow('msg_a', { content });
  const page = await store.list('messages', { parent: 'thread_a', order: 'asc', limit: 20 });

  expect((await store.get('messages', 'msg_a'))?.content).toEqual(content);
  expect(page?.data[0]?.content).toEqual(content);
  expect((await below.get('messages', 'msg_a'))?.content).toEqual([]);
});

test('shows the stored values of other fields', async () => {
  const { store } = await growing();
  store.grow('msg_a', { content });

  await store.write([
    { type: 'put', collection: 'messages', object: { ...message, metadata: { a: 'b' } } },
  ]);

  expect(await store.get('messages', 'msg_a')).toMatchObject({ metadata: { a: 'b' }, content });
});

test('shows the stored object once it is settled', async () => {
  const { store } = await growing();
  store.grow('msg_a', { content });

  store.settle('msg_a');

  expect(await store.get('messages', 'msg_a')).toEqual(message);
});

test('does not restore removed objects', async () => {
  const { store } = await growing();
  store.grow('msg_a', { content });

  await store.write([{ type: 'remove', collection: 'messages', id: 'msg_a' }]);
  store.grow('msg_a', { content });

  expect(await store.get('messages', 'msg_a')).toBeUndefined();
});
