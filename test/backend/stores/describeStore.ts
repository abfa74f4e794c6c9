import { describe, expect, it } from 'vitest';
import { buildRun } from '../../../src/backend/domain/buildRun.js';
import type { Change, Collections, ListQuery, Store } from '../../../src/backend/stores/Store.js';

/** What every store has to do. Run it with a function that makes an empty store. */
export function storeConformance(name: string, open: () => Promise<Store> | Store): void {
  describe(`the store ${name}`, () => {
    it('gives back what was put, and undefined for what was not', async () => {
      const store = await open();
      await store.write([{ type: 'put', collection: 'threads', object: thread('thread_a') }]);
      expect(await store.get('threads', 'thread_a')).toEqual(thread('thread_a'));
      expect(await store.get('threads', 'thread_b')).toBeUndefined();
      expect(await store.get('messages', 'thread_a')).toBeUndefined();
    });

    it('keeps objects apart from what the caller does with them', async () => {
      const store = await open();
      const metadata: Record<string, string> = { a: '1' };
      await store.write([
        { type: 'put', collection: 'threads', object: { ...thread('thread_a'), metadata } },
      ]);
      attempt(() => {
        metadata['a'] = 'changed';
      });
      const read = await store.get('threads', 'thread_a');
      attempt(() => {
        if (read?.metadata) read.metadata['a'] = 'changed';
      });
      expect((await store.get('threads', 'thread_a'))?.metadata).toEqual({ a: '1' });
    });

    it('keeps keys that mean something to objects of the language', async () => {
      const store = await open();
      const metadata = JSON.parse('{"__proto__":"p","constructor":"c","toString":"t"}') as Record<
        string,
        string
      >;
      await store.write([
        { type: 'put', collection: 'threads', object: { ...thread('thread_a'), metadata } },
      ]);
      const read = await store.get('threads', 'thread_a');
      expect(JSON.stringify(read?.metadata)).toBe(
        '{"__proto__":"p","constructor":"c","toString":"t"}',
      );
    });

    it('lists in the order of the first put, whatever the ids and times', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_c', 'msg_a', 'msg_b']);
      expect(await ids(store, { order: 'asc', limit: 10 })).toEqual(['msg_c', 'msg_a', 'msg_b']);
      expect(await ids(store, { order: 'desc', limit: 10 })).toEqual(['msg_b', 'msg_a', 'msg_c']);
    });

    it('keeps the place of an object that is put again', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1', 'msg_2', 'msg_3']);
      await store.write([
        {
          type: 'put',
          collection: 'messages',
          object: { ...message('msg_1', 'thread_a'), metadata: { new: 'yes' } },
        },
      ]);
      expect(await ids(store, { order: 'asc', limit: 10 })).toEqual(['msg_1', 'msg_2', 'msg_3']);
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
    ])('answers the page %j', async (query, expected, hasMore) => {
      const store = await open();
      await putMessages(store, 'thread_other', ['0']);
      await putMessages(store, 'thread_a', ['1', '2', '3', '4', '5']);
      const page = await store.list('messages', { ...query, parent: 'thread_a' });
      expect(page?.data.map(({ id }) => id).join(' ')).toBe(expected);
      expect(page?.hasMore).toBe(hasMore);
    });

    it('answers null for a cursor that is not in the list', async () => {
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

    it('lists by a field, and takes any cursor of the parent there', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1', 'msg_2', 'msg_3', 'msg_4'], {
        msg_2: 'run_x',
        msg_4: 'run_x',
      });
      const where = { field: 'run_id', value: 'run_x' };
      expect(await ids(store, { order: 'asc', limit: 5, where })).toEqual(['msg_2', 'msg_4']);
      expect(await ids(store, { order: 'asc', limit: 5, where, after: 'msg_3' })).toEqual([
        'msg_4',
      ]);
      expect(
        await ids(store, { order: 'asc', limit: 5, where: { field: 'run_id', value: 'run_y' } }),
      ).toEqual([]);
    });

    it('lists an object by what a field holds now', async () => {
      const store = await open();
      const waiting: Collections['runs'] = { ...run('run_1'), status: 'queued' };
      await store.write([
        { type: 'put', collection: 'runs', object: waiting, parent: 'thread_a' },
        {
          type: 'put',
          collection: 'runs',
          object: { ...run('run_2'), status: 'queued' },
          parent: 'thread_b',
        },
      ]);
      await store.write([
        { type: 'put', collection: 'runs', object: { ...waiting, status: 'completed' } },
      ]);
      const of = async (status: string) => {
        const page = await store.list('runs', {
          where: { field: 'status', value: status },
          order: 'asc',
          limit: 5,
        });
        return page?.data.map(({ id }) => id);
      };
      expect([await of('queued'), await of('completed'), await of('failed')]).toEqual([
        ['run_2'],
        ['run_1'],
        [],
      ]);
    });

    it('counts a list', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1', 'msg_2']);
      await putMessages(store, 'thread_b', ['msg_3']);
      expect(await store.count('messages', 'thread_a')).toBe(2);
      expect(await store.count('messages', 'thread_none')).toBe(0);
      expect(await store.count('messages')).toBe(3);
    });

    it('forgets what is removed, and removing what is not there changes nothing', async () => {
      const store = await open();
      await putMessages(store, 'thread_a', ['msg_1', 'msg_2', 'msg_3']);
      await store.write([
        { type: 'remove', collection: 'messages', id: 'msg_2' },
        { type: 'remove', collection: 'messages', id: 'msg_9' },
      ]);
      expect(await store.get('messages', 'msg_2')).toBeUndefined();
      expect(await ids(store, { order: 'asc', limit: 5 })).toEqual(['msg_1', 'msg_3']);
      expect(await store.count('messages', 'thread_a')).toBe(2);
    });

    it('removes many in a batch that also puts, and leaves the others in their places', async () => {
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
          object: message('msg_6', 'thread_a'),
          parent: 'thread_a',
        },
        {
          type: 'put',
          collection: 'messages',
          object: message('msg_1', 'thread_a'),
          parent: 'thread_a',
        },
      ]);
      expect(await ids(store, { order: 'asc', limit: 9 })).toEqual([
        'msg_3',
        'msg_5',
        'msg_6',
        'msg_1',
      ]);
      expect(
        await ids(store, { order: 'asc', limit: 9, where: { field: 'run_id', value: 'run_x' } }),
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
      expect(await ids(store, { order: 'asc', limit: 9 })).toEqual([]);
      expect(await store.count('messages')).toBe(0);
    });

    it('keeps bytes, unshared, until they are removed', async () => {
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

    it('writes all of a batch or none of it', async () => {
      const store = await open();
      const orphan: Change = {
        type: 'put',
        collection: 'messages',
        object: message('msg_1', 'thread_a'),
      };
      await expect(
        store.write([{ type: 'put', collection: 'threads', object: thread('thread_a') }, orphan]),
      ).rejects.toThrow('parent');
      expect(await store.get('threads', 'thread_a')).toBeUndefined();
    });
  });
}

/** A write into a frozen object throws; a store that clones lets it pass. Both keep its own objects apart. */
function attempt(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

async function ids(store: Store, query: Omit<ListQuery, 'parent'>): Promise<string[] | undefined> {
  const page = await store.list('messages', { parent: 'thread_a', ...query });
  return page?.data.map(({ id }) => id);
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
      object: { ...message(id, parent), run_id: runs[id] ?? null },
      parent,
    })),
  );
}

function run(id: string): Collections['runs'] {
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

function thread(id: string): Collections['threads'] {
  return { id, object: 'thread', created_at: 1_700_000_000, metadata: {}, tool_resources: {} };
}

/** A message that nothing was said in. */
export function message(id: string, threadId: string): Collections['messages'] {
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
