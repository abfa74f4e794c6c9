import { afterEach, expect, it } from 'vitest';
import { indexedDbStore } from '../../../src/backend/stores/indexedDbStore.js';
import { createBackend } from '../../../src/entries/backend.js';
import { createAssistantsClient } from '../../../src/entries/client.js';
import { createPuts, describeStore } from './describeStore.js';

type OpenStore = Awaited<ReturnType<typeof indexedDbStore>>;

const opened: { store: OpenStore; name: string }[] = [];
let count = 0;
afterEach(async () => {
  for (const { store, name } of opened.splice(0)) {
    await store.close();
    indexedDB.deleteDatabase(name);
  }
});

function createName(): string {
  count += 1;
  return `test ${count}`;
}

async function open(name = createName()): Promise<OpenStore> {
  const store = await indexedDbStore({ name });
  opened.push({ store, name });
  return store;
}

describeStore('indexedDbStore', () => open());

it('returns everything after it is reopened, in the same order', async () => {
  const first = await indexedDbStore({ name: 'reopened' });
  await first.write([
    ...createPuts(3),
    { type: 'putContent', fileId: 'file-a', bytes: new Uint8Array([1, 2, 3]) },
  ]);
  await first.write(createPuts(1));
  const query = { order: 'asc', limit: 10 } as const;
  const before = await first.list('messages', query);
  await first.close();

  const second = await open('reopened');
  expect(before?.data.length).toBeGreaterThan(0);
  expect(await second.list('messages', query)).toEqual(before);
  expect(await second.getContent('file-a')).toEqual(new Uint8Array([1, 2, 3]));
});

it('keeps the parent of an object that is replaced without naming it', async () => {
  const first = await indexedDbStore({ name: 'parents' });
  const [put] = createPuts(1);
  if (put?.type !== 'put') throw new Error('createPuts makes no child.');
  const { parent, ...replacement } = put;
  await first.write([put]);
  await first.write([replacement]);
  await first.close();

  const second = await open('parents');
  expect(parent).toBeDefined();
  expect(await second.getParent(put.collection, put.object.id)).toBe(parent);
});

it('refuses a database that is open already', async () => {
  await open('busy');
  await expect(indexedDbStore({ name: 'busy' })).rejects.toMatchObject({ reason: 'busy' });
});

it('writes nothing of a batch that cannot be stored', async () => {
  const store = await open('atomic');
  const orphan = { type: 'put', collection: 'messages', object: { id: 'msg_orphan' } };
  await expect(store.write([...createPuts(1), orphan] as never)).rejects.toThrow('needs a parent');
  await store.close();
  opened.splice(0);

  const again = await open('atomic');
  expect(await again.count('messages')).toBe(0);
});

it('keeps the threads of a backend in the page', async () => {
  const body = { messages: [{ role: 'user' as const, content: 'Hello' }] };
  const first = await indexedDbStore({ name: 'backend' });
  const { id } = await createAssistantsClient({
    fetch: createBackend({ store: first }).fetch,
  }).createThread({ body });
  await first.close();

  const backend = createBackend({ store: await open('backend') });
  const page = await createAssistantsClient({ fetch: backend.fetch }).listMessages({
    threadId: id,
  });
  expect(page.data.map(({ content }) => content[0])).toMatchObject([{ text: { value: 'Hello' } }]);
});
