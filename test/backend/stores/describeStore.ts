import { describe, expect, it } from 'vitest';
import { buildRun } from '../../../src/backend/domain/buildRun.js';
import type { Change, Collections, ListQuery, Store } from '../../../src/backend/stores/Store.js';

/** Tests the contract of a store. `open` creates an empty one. */
export function describeStore(name: string, open: () => Promise<Store> | Store): void {
  describe(`the store ${name}`, () => {
    it('returns stored objects, and undefined for unknown ids', async () => {
      const store = await open();
      await store.write([{ type: 'put', collection: 'threads', object: createThread('thread_a') }]);
      expect(await store.get('threads', 'thread_a')).toEqual(createThread('thread_a'));
      expect(await store.get('threads', 'thread_b')).toBeUndefined();
      expect(await store.get('messages', 'thread_a')).toBeUndefined();
    });

    it('is not affected by mutations of the caller', async () => {
      const store = await open();
      const metadata: Record<string, string> = { a: '1' };
      await store.write([
        { type: 'put', collection: 'threads', object: { ...createThread('thread_a'), metadata } },
      ]);
      tryMutation(() => {
        metadata['a'] = 'changed';
      });
      const read = await store.get('threads', 'thread_a');
      tryMutation(() => {
        if (read?.metadata) read.metadata['a'] = 'changed';
      });
      expect((await store.get('threads', 'thread_a'))?.metadata).toEqual({ a: '1' });
    });

    it('stores keys like __proto__', async () => {
      const store = await open();
      const metadata = JSON.parse('{"__proto__":"p","constructor":"c","toString":"t"}') as Record<
        string,
        string
      >;
      await store.write([
        { type: 'put', collection: 'threads', object: { ...createThread('thread_a'), metadata } },
      ]);
      const read = await store.get('threads', 'thread_a');
      expect(JSON.stringify(read?.metadata)).toBe(
        '{"__proto__":"p","constructor":"c","toString":"t"}',
      );
    });

    it('lists in the order of the first put, independent of ids and timestamps', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_c', 'msg_a', 'msg_b']);
      expect(await listIds(store, { order: 'asc', limit: 10 })).toEqual([
        'msg_c',
        'msg_a',
        'msg_b',
      ]);
      expect(await listIds(store, { order: 'desc', limit: 10 })).toEqual([
        'msg_b',
        'msg_a',
        'msg_c',
      ]);
    });

    it('keeps the position of an object that is replaced', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1', 'msg_2', 'msg_3']);
      await store.write([
        {
          type: 'put',
          collection: 'messages',
          object: { ...createMessage('msg_1', 'thread_a'), metadata: { new: 'yes' } },
        },
      ]);
      expect(await listIds(store, { order: 'asc', limit: 10 })).toEqual([
        'msg_1',
        'msg_2',
        'msg_3',
      ]);
      expect((await store.get('messages', 'msg_1'))?.metadata).toEqual({ new: 'yes' });
    });

    it.each<[Omit<ListQuery, 'parent'>, string, boolean]>([
      [{ order: 'asc', limit: 2 }, '1 2', true],
      [{ order: 'asc', limit: 5 }, '1 2 3 4 5', false],
      [{ order: 'desc', limit: 2 }, '5 4', true],
      [{ order: 'asc', limit: 2, after: '2' }, '3 4', true],
      [{ order: 'asc', limit: 2, after: '3' }, '4 5', false],
      [{ order: 'asc', limit: 2, after: '5' }, '', false],
      [{ order: 'desc', limit: 2, after: '4' }, '3 2', true],
      [{ order: 'desc', limit: 2, after: '3' }, '2 1', false],
      [{ order: 'desc', limit: 2, after: '1' }, '', false],
      [{ order: 'asc', limit: 2, before: '4' }, '2 3', true],
      [{ order: 'asc', limit: 2, before: '3' }, '1 2', false],
      [{ order: 'asc', limit: 2, before: '1' }, '', false],
      [{ order: 'desc', limit: 2, before: '2' }, '4 3', true],
      [{ order: 'desc', limit: 2, before: '3' }, '5 4', false],
      [{ order: 'desc', limit: 2, before: '5' }, '', false],
      [{ order: 'asc', limit: 2, after: '1', before: '5' }, '2 3', true],
      [{ order: 'desc', limit: 3, after: '5', before: '1' }, '4 3 2', false],
      [{ order: 'asc', limit: 2, after: '4', before: '2' }, '', false],
    ])('returns the page %j', async (query, expected, hasMore) => {
      const store = await open();
      await putMessages(store, 'thread_other', ['0']);
      await putMessages(store, 'thread_a', ['1', '2', '3', '4', '5']);
      const page = await store.list('messages', { ...query, parent: 'thread_a' });
      expect(page?.data.map(({ id }) => id).join(' ')).toBe(expected);
      expect(page?.hasMore).toBe(hasMore);
    });

    it('returns null for a cursor that is not in the list', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1']);
      await putMessages(store, 'thread_b', ['msg_2']);
      for (const cursor of [
        { after: 'msg_2' },
        { before: 'msg_2' },
        { after: 'msg_9' },
        { before: 'msg_9' },
      ]) {
        expect(
          await store.list('messages', { parent: 'thread_a', order: 'asc', limit: 5, ...cursor }),
        ).toBeNull();
      }
    });

    it('knows the parent of an object', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1']);
      await putFiles(store, { 'file-1': 'alice', 'file-2': null });
      expect(await store.getParent('messages', 'msg_1')).toBe('thread_a');
      expect(await store.getParent('files', 'file-1')).toBe('alice');
      expect(await store.getParent('files', 'file-2')).toBeNull();
      expect(await store.getParent('files', 'file-3')).toBeUndefined();
      expect(await store.getParent('files', 'file-\u0000')).toBeUndefined();
    });

    it('keeps the parent of an object that is replaced', async () => {
      const store = await open();
      await putFiles(store, { 'file-1': 'alice', 'file-2': null });
      await putFiles(store, { 'file-1': 'bob', 'file-2': 'bob' });
      expect(await store.getParent('files', 'file-1')).toBe('alice');
      expect(await store.getParent('files', 'file-2')).toBeNull();
    });

    it.each<[Omit<ListQuery, 'parent'>, string, boolean]>([
      [{ order: 'asc', limit: 9 }, '1 2 4 6 7', false],
      [{ order: 'desc', limit: 9 }, '7 6 4 2 1', false],
      [{ order: 'asc', limit: 2 }, '1 2', true],
      [{ order: 'desc', limit: 2 }, '7 6', true],
      [{ order: 'asc', limit: 2, after: '2' }, '4 6', true],
      [{ order: 'asc', limit: 2, after: '4' }, '6 7', false],
      [{ order: 'desc', limit: 2, after: '4' }, '2 1', false],
      [{ order: 'asc', limit: 2, before: '6' }, '2 4', true],
      [{ order: 'desc', limit: 3, before: '2' }, '7 6 4', false],
      [{ order: 'asc', limit: 9, after: '1', before: '7' }, '2 4 6', false],
      [{ order: 'asc', limit: 9, where: { field: 'purpose', value: 'vision' } }, '2 4 6', false],
      [{ order: 'desc', limit: 1, where: { field: 'purpose', value: 'vision' } }, '6', true],
    ])(
      'returns the page %j of objects with one of several parents',
      async (query, expected, hasMore) => {
        const store = await open();
        const owners = { 1: 'alice', 2: null, 3: 'bob', 4: null, 5: 'bob', 6: 'alice', 7: 'alice' };
        await putFiles(store, owners);
        const page = await store.list('files', { ...query, parent: ['alice', null] });
        expect(page?.data.map(({ id }) => id).join(' ')).toBe(expected);
        expect(page?.hasMore).toBe(hasMore);
        const cursor = await store.list('files', { ...query, parent: ['alice', null], after: '3' });
        expect(cursor).toBeNull();
      },
    );

    it('lists objects without a parent, of a parent that is named twice, and of an unknown one', async () => {
      const store = await open();
      await putFiles(store, { 1: 'alice', 2: null, 3: 'bob' });
      const list = async (parent: readonly (string | null)[]) =>
        (await store.list('files', { parent, order: 'asc', limit: 9 }))?.data.map(({ id }) => id);
      expect(await list([null])).toEqual(['2']);
      expect(await list(['bob', 'bob'])).toEqual(['3']);
      expect(await list(['carol'])).toEqual([]);
    });

    it('moves an object to the list of its new owner when it is removed and put again', async () => {
      const store = await open();
      await putFiles(store, { 1: null });
      await store.write([{ type: 'remove', collection: 'files', id: '1' }]);
      await putFiles(store, { 1: 'alice' });
      expect(await store.getParent('files', '1')).toBe('alice');
      expect((await store.list('files', { parent: [null], order: 'asc', limit: 9 }))?.data).toEqual(
        [],
      );
    });

    it('filters by a field, and accepts any cursor of the parent', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1', 'msg_2', 'msg_3', 'msg_4'], {
        msg_2: 'run_x',
        msg_4: 'run_x',
      });
      const where = { field: 'run_id', value: 'run_x' };
      expect(await listIds(store, { order: 'asc', limit: 5, where })).toEqual(['msg_2', 'msg_4']);
      expect(await listIds(store, { order: 'asc', limit: 5, where, after: 'msg_3' })).toEqual([
        'msg_4',
      ]);
      expect(
        await listIds(store, {
          order: 'asc',
          limit: 5,
          where: { field: 'run_id', value: 'run_y' },
        }),
      ).toEqual([]);
    });

    it('filters by the current value of a field', async () => {
      const store = await open();
      const waiting: Collections['runs'] = { ...createRun('run_1'), status: 'queued' };
      await store.write([
        { type: 'put', collection: 'runs', object: waiting, parent: 'thread_a' },
        {
          type: 'put',
          collection: 'runs',
          object: { ...createRun('run_2'), status: 'queued' },
          parent: 'thread_b',
        },
      ]);
      await store.write([
        { type: 'put', collection: 'runs', object: { ...waiting, status: 'completed' } },
      ]);
      const listByStatus = async (status: string) => {
        const page = await store.list('runs', {
          where: { field: 'status', value: status },
          order: 'asc',
          limit: 5,
        });
        return page?.data.map(({ id }) => id);
      };
      expect([
        await listByStatus('queued'),
        await listByStatus('completed'),
        await listByStatus('failed'),
      ]).toEqual([['run_2'], ['run_1'], []]);
    });

    it('counts the objects of a list', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1', 'msg_2']);
      await putMessages(store, 'thread_b', ['msg_3']);
      expect(await store.count('messages', 'thread_a')).toBe(2);
      expect(await store.count('messages', 'thread_none')).toBe(0);
      expect(await store.count('messages')).toBe(3);
    });

    it('counts the objects with a field value', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1', 'msg_2'], { msg_1: 'run_x', msg_2: 'run_x' });
      await putMessages(store, 'thread_b', ['msg_3', 'msg_4'], { msg_3: 'run_x' });
      const count = (value: string, parent?: string) =>
        store.count('messages', parent, { field: 'run_id', value });
      expect([
        await count('run_x'),
        await count('run_x', 'thread_a'),
        await count('run_x', 'thread_none'),
        await count('run_y'),
        await count('x\0'),
      ]).toEqual([3, 2, 0, 0, 0]);
      await store.write([{ type: 'remove', collection: 'messages', id: 'msg_3' }]);
      expect(await count('run_x')).toBe(2);
    });

    it('removes objects and ignores unknown ids', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1', 'msg_2', 'msg_3']);
      await store.write([
        { type: 'remove', collection: 'messages', id: 'msg_2' },
        { type: 'remove', collection: 'messages', id: 'msg_9' },
      ]);
      expect(await store.get('messages', 'msg_2')).toBeUndefined();
      expect(await listIds(store, { order: 'asc', limit: 5 })).toEqual(['msg_1', 'msg_3']);
      expect(await store.count('messages', 'thread_a')).toBe(2);
    });

    it('removes and puts in one batch, and keeps the positions of other objects', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1', 'msg_2', 'msg_3', 'msg_4', 'msg_5'], {
        msg_2: 'run_x',
        msg_5: 'run_x',
      });
      await store.write([
        ...['msg_4', 'msg_1', 'msg_2', 'msg_1'].map((id): Change => ({
          type: 'remove',
          collection: 'messages',
          id,
        })),
        {
          type: 'put',
          collection: 'messages',
          object: createMessage('msg_6', 'thread_a'),
          parent: 'thread_a',
        },
        {
          type: 'put',
          collection: 'messages',
          object: createMessage('msg_1', 'thread_a'),
          parent: 'thread_a',
        },
      ]);
      expect(await listIds(store, { order: 'asc', limit: 9 })).toEqual([
        'msg_3',
        'msg_5',
        'msg_6',
        'msg_1',
      ]);
      expect(
        await listIds(store, {
          order: 'asc',
          limit: 9,
          where: { field: 'run_id', value: 'run_x' },
        }),
      ).toEqual(['msg_5']);
      expect([await store.count('messages', 'thread_a'), await store.count('messages')]).toEqual([
        4, 4,
      ]);
      await store.write(
        ['msg_1', 'msg_3', 'msg_5', 'msg_6'].map((id) => ({
          type: 'remove',
          collection: 'messages',
          id,
        })),
      );
      expect(await listIds(store, { order: 'asc', limit: 9 })).toEqual([]);
      expect(await store.count('messages')).toBe(0);
    });

    it('stores copies of file contents until they are removed', async () => {
      const store = await open();
      const bytes = new Uint8Array([1, 2, 255]);
      await store.write([{ type: 'putContent', fileId: 'file-a', bytes }]);
      bytes[0] = 9;
      const read = await store.getContent('file-a');
      if (read) read[1] = 9;
      expect(await store.getContent('file-a')).toEqual(new Uint8Array([1, 2, 255]));
      await store.write([{ type: 'removeContent', fileId: 'file-a' }]);
      expect(await store.getContent('file-a')).toBeUndefined();
    });

    it('applies a batch completely or not at all', async () => {
      const store = await open();
      const orphan: Change = {
        type: 'put',
        collection: 'messages',
        object: createMessage('msg_1', 'thread_a'),
      };
      await expect(
        store.write([
          { type: 'put', collection: 'threads', object: createThread('thread_a') },
          orphan,
        ]),
      ).rejects.toThrow('parent');
      expect(await store.get('threads', 'thread_a')).toBeUndefined();
    });

    it('stores and replaces a file with many parts', async () => {
      const store = await open();
      const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251);
      await store.write([{ type: 'putContent', fileId: 'file-a', bytes }]);
      const stored = await store.getContent('file-a');
      // `toEqual` would take seconds for a million elements.
      expect(stored?.length).toBe(bytes.length);
      expect(stored?.every((byte, index) => byte === bytes[index])).toBe(true);
      await store.write([
        { type: 'putContent', fileId: 'file-a', bytes: bytes.subarray(0, 300_000) },
      ]);
      expect((await store.getContent('file-a'))?.length).toBe(300_000);
    });

    it('rejects filters without an index', async () => {
      const store = await open();
      const page = store.list('messages', {
        order: 'asc',
        limit: 1,
        where: { field: 'role', value: 'user' },
      });
      await expect(page).rejects.toThrow('The collection messages has no index of role.');
    });

    it('finds nothing for ids and values with a NUL character', async () => {
      const store = await open();
      await store.write(createPuts(1));
      expect(await store.get('messages', 'thread_a_msg_0\0')).toBeUndefined();
      expect(await store.getContent('file\0')).toBeUndefined();
      const where = { field: 'run_id', value: 'x\0' };
      const query = { order: 'asc', limit: 1 } as const;
      expect(await store.list('messages', { ...query, where })).toEqual({
        data: [],
        hasMore: false,
      });
      expect(await store.list('messages', { ...query, after: 'thread_a_msg_0\0' })).toBeNull();
    });
  });
}

/** Mutates an object. Frozen objects of a store throw a TypeError. */
function tryMutation(mutate: () => void): void {
  try {
    mutate();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

async function listIds(
  store: Store,
  query: Omit<ListQuery, 'parent'>,
): Promise<string[] | undefined> {
  const page = await store.list('messages', { parent: 'thread_a', ...query });
  return page?.data.map(({ id }) => id);
}

/** Puts files with their owners. Those with an even id are images. */
async function putFiles(store: Store, owners: Record<string, string | null>): Promise<void> {
  await store.write(
    Object.entries(owners).map(([id, owner]): Change => ({
      type: 'put',
      collection: 'files',
      object: {
        id,
        object: 'file',
        bytes: 0,
        created_at: 0,
        expires_at: null,
        filename: 'a.txt',
        purpose: Number(id) % 2 === 0 ? 'vision' : 'assistants',
        status: 'processed',
        status_details: null,
      },
      ...(owner === null ? {} : { parent: owner }),
    })),
  );
}

async function putMessages(
  store: Store,
  parent: string,
  names: string[],
  runs: Record<string, string> = {},
): Promise<void> {
  await store.write(
    names.map((id) => ({
      type: 'put',
      collection: 'messages',
      object: { ...createMessage(id, parent), run_id: runs[id] ?? null },
      parent,
    })),
  );
}

function createRun(id: string): Collections['runs'] {
  const assistant = {
    id: 'asst_a',
    object: 'assistant',
    created_at: 1,
    name: null,
    description: null,
    model: 'm',
  } as const;
  const settings = { instructions: null, tools: [], file_ids: [], metadata: {} };
  const context = { generateId: () => id, now: () => 1_700_000_000_000 };
  return buildRun(
    context,
    'thread_a',
    { ...assistant, ...settings },
    { assistant_id: assistant.id },
  );
}

function createThread(id: string): Collections['threads'] {
  return { id, object: 'thread', created_at: 1_700_000_000, metadata: {}, tool_resources: {} };
}

/** Creates a message without content. */
export function createMessage(id: string, threadId: string): Collections['messages'] {
  return {
    id,
    object: 'thread.message',
    created_at: 1_700_000_000,
    thread_id: threadId,
    status: 'completed',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: 'user',
    content: [],
    assistant_id: null,
    run_id: null,
    file_ids: [],
    attachments: [],
    metadata: {},
  };
}

/** Returns changes that put messages `<thread>_msg_<index>` into a thread. */
export function createPuts(count: number, thread = 'thread_a'): Change[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'put',
    collection: 'messages',
    object: createMessage(`${thread}_msg_${index}`, thread),
    parent: thread,
  }));
}
