import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import { mergeMessage } from '../../src/protocol/mergeMessage.js';
import type { Message } from '../../src/protocol/types.js';
import {
  addOptimisticMessage,
  commitOptimisticMessage,
} from '../../src/queries/cache/optimisticMessages.js';
import { createMessageCompletion } from '../../src/queries/cache/completeMessages.js';
import { mergeNewMessages, readSyncCursor } from '../../src/queries/cache/mergeNewMessages.js';
import {
  computeSyncCursor,
  insertOptimisticMessage,
  upsertMessage,
} from '../../src/queries/cache/messagePages.js';
import {
  getOldestFirstSelector,
  type ListData,
  type ListQuery,
} from '../../src/queries/cache/pages.js';
import { createListSharing } from '../../src/queries/cache/structuralSharing.js';
import { aMessage } from '../core/run/events.js';

const THREAD = 'thread_1';

function createMessage(number: number, overrides: Partial<Message> = {}): Message {
  return aMessage(`text ${number}`, {
    id: `msg_${number}`,
    created_at: number,
    status: 'completed',
    role: 'user',
    run_id: null,
    ...overrides,
  });
}

/** Creates the cached list of a server response. `messages` are oldest first. */
function createList(
  messages: Message[],
  {
    order,
    hasMore = false,
    limit = 3,
  }: { order?: 'asc' | 'desc'; hasMore?: boolean; limit?: number } = {},
) {
  const wire = order === 'asc' ? messages : messages.toReversed();
  const pages = [];
  for (let start = 0; start === 0 || start < wire.length; start += limit) {
    const data = wire.slice(start, start + limit);
    const isLast = start + limit >= wire.length;
    pages.push({
      object: 'list',
      data,
      first_id: data[0]?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
      has_more: !isLast || hasMore,
    });
  }
  return {
    pages,
    pageParams: pages.map((_, index) => (index === 0 ? null : `page ${index}`)),
  } satisfies ListData<Message>;
}

const getIds = (data: ListData<Message>, query?: ListQuery) =>
  getOldestFirstSelector(query)(data).map(({ id }) => id);
const toIds = (...numbers: number[]) => numbers.map((number) => `msg_${number}`);

const orders = fc.constantFrom<('asc' | 'desc')[]>('asc', 'desc');

describe('message pages', () => {
  it('has every message once and in its place, in any order of arrival', async () => {
    const createSnapshots = (number: number) => [
      createMessage(number, { status: 'in_progress', content: [] }),
      createMessage(number, {
        status: 'in_progress',
        content: [{ type: 'text', text: { value: 'te', annotations: [] } }],
      }),
      createMessage(number),
    ];
    const arrivals = fc.integer({ min: 1, max: 8 }).chain((count) =>
      fc.shuffledSubarray(
        Array.from({ length: count * 3 }, (_, index) => index),
        { minLength: count * 3 },
      ),
    );
    await assertProperty(
      fc.property(arrivals, orders, fc.integer({ min: 1, max: 4 }), (arrival, order, limit) => {
        const query = { order };
        const count = arrival.length / 3;
        const list = arrival.reduce(
          (data, index) => {
            const message = createSnapshots(Math.floor(index / 3) + 1)[index % 3];
            return message ? upsertMessage(data, message, query) : data;
          },
          createList([createMessage(0)], { order, limit }) as ListData<Message>,
        );
        expect(getIds(list, query)).toEqual(
          Array.from({ length: count + 1 }, (_, number) => `msg_${number}`),
        );
        expect(getOldestFirstSelector(query)(list).slice(1).map(getRawMessageText)).toEqual(
          Array.from({ length: count }, (_, index) => `text ${index + 1}`),
        );
      }),
      { name: 'pageOrder', full: 1_000, small: 50 },
    );
  });

  it('never shortens a growing text', async () => {
    const histories = fc.array(fc.record({ length: fc.nat(20), done: fc.boolean() }), {
      minLength: 1,
      maxLength: 12,
    });
    await assertProperty(
      fc.property(histories, (snapshots) => {
        const messages = snapshots.map(({ length, done }) => {
          const text = { value: 'x'.repeat(done ? 21 : length), annotations: [] };
          return createMessage(1, {
            status: done ? 'completed' : 'in_progress',
            content: [{ type: 'text', text }],
          });
        });
        const merged = messages.map((_, index) =>
          messages.slice(0, index + 1).reduce(mergeMessage),
        );
        const lengths = merged.map((message) => getRawMessageText(message).length);
        expect(lengths).toEqual(lengths.toSorted((left, right) => left - right));
        expect(merged.at(-1)?.status).toBe(
          snapshots.some(({ done }) => done) ? 'completed' : 'in_progress',
        );
      }),
      { name: 'growingText', full: 1_000, small: 50 },
    );
  });

  it('adopts the order of the server for new messages, even in the same second and around gaps', async () => {
    const scenarios = fc.record({
      known: fc.integer({ min: 1, max: 6 }),
      added: fc.integer({ min: 1, max: 6 }),
      limit: fc.integer({ min: 1, max: 4 }),
      order: orders,
      streamed: fc.array(fc.nat(5), { maxLength: 4 }),
    });
    await assertProperty(
      fc.property(scenarios, ({ known, added, limit, order, streamed }) => {
        const query = { order };
        const all = Array.from({ length: known + added }, (_, number) =>
          createMessage(number, { created_at: 7 }),
        );
        const newMessages = all.slice(known);
        // A stream has delivered some of them before, in any order.
        const before = streamed.reduce(
          (data, index) => {
            const message = newMessages[index];
            return message ? upsertMessage(data, message, query) : data;
          },
          createList(all.slice(0, known), { order, limit }) as ListData<Message>,
        );
        const cursor = readSyncCursor(before, query);
        expect(cursor).toBe(`msg_${known - 1}`);
        const after = mergeNewMessages(before, cursor ?? null, newMessages, query);
        expect(getIds(after, query)).toEqual(all.map(({ id }) => id));
        expect(readSyncCursor(after, query)).toBe(all.at(-1)?.id);
        expect(getIds(mergeNewMessages(after, cursor ?? null, newMessages, query), query)).toEqual(
          all.map(({ id }) => id),
        );
      }),
      { name: 'serverOrder', full: 1_000, small: 50 },
    );
  });

  it('fills a gap before a streamed message', () => {
    const list = upsertMessage(createList([createMessage(1)]), createMessage(3));
    expect(readSyncCursor(list)).toBe('msg_1');
    expect(getIds(mergeNewMessages(list, 'msg_1', [createMessage(2), createMessage(3)]))).toEqual(
      toIds(1, 2, 3),
    );
  });

  it('keeps the cursor of a list with a gap before the new messages', () => {
    const list = upsertMessage(createList([createMessage(1)]), createMessage(3));
    const after = mergeNewMessages(list, 'msg_3', [createMessage(4)]);
    expect(getIds(after)).toEqual(toIds(1, 3, 4));
    expect(readSyncCursor(after)).toBe('msg_1');
  });

  it('fills an empty list', () => {
    expect(readSyncCursor(createList([]))).toBeNull();
    expect(
      getIds(mergeNewMessages(createList([]), null, [createMessage(1), createMessage(2)])),
    ).toEqual(toIds(1, 2));
  });

  it('returns the cursor before messages that still grow', () => {
    const newestFirst = [
      createMessage(3),
      createMessage(2, { status: 'in_progress' }),
      createMessage(1),
    ];
    expect(computeSyncCursor(newestFirst, null)).toBe('msg_1');
    expect(computeSyncCursor([createMessage(3)], null)).toBe('msg_3');
    expect(computeSyncCursor([createMessage(3, { status: 'in_progress' })], 'msg_0')).toBe('msg_0');
  });

  it('limits the number of growing messages, which a server may never finish', () => {
    const newestFirst = Array.from({ length: 9 }, (_, index) =>
      createMessage(9 - index, { status: 'in_progress' }),
    );
    expect(computeSyncCursor(newestFirst, null)).toBe('msg_4');
  });

  it('adds messages only to lists that they belong in', () => {
    const list = createList([createMessage(1)]);
    expect(upsertMessage(list, createMessage(2), { run_id: 'run_1' })).toBe(list);
    expect(
      getIds(upsertMessage(list, createMessage(2, { run_id: 'run_1' }), { run_id: 'run_1' })),
    ).toEqual(toIds(1, 2));
    expect(upsertMessage(list, createMessage(2), { after: 'msg_9' })).toBe(list);
    expect(upsertMessage(list, createMessage(2), { before: 'msg_9' })).toBe(list);
  });

  it('does not add a message that is older than all loaded ones', () => {
    const list = createList([createMessage(5), createMessage(6)], { hasMore: true });
    expect(upsertMessage(list, createMessage(1))).toBe(list);
  });

  function createOptimistic(text: string) {
    return addOptimisticMessage({ threadId: THREAD, body: { role: 'user', content: text } }, 9_000);
  }

  it.each(['asc', 'desc'] as const)(
    'inserts an optimistic message at the newest end, and an answer after it (%s)',
    (order) => {
      const query = { order };
      const optimistic = createOptimistic('mine');
      const list = insertOptimisticMessage(
        createList([createMessage(1), createMessage(2)], { order }),
        optimistic,
        query,
      );
      expect(getIds(list, query)).toEqual(['msg_1', 'msg_2', optimistic.id]);
      expect(
        getIds(
          upsertMessage(list, createMessage(3, { role: 'assistant', run_id: 'run_1' }), query),
          query,
        ),
      ).toEqual(['msg_1', 'msg_2', optimistic.id, 'msg_3']);
      commitOptimisticMessage(optimistic.id);
    },
  );

  it('replaces an optimistic message by its stored copy', () => {
    const optimistic = createOptimistic('text 3');
    const list = insertOptimisticMessage(createList([createMessage(1)]), optimistic);
    expect(getIds(upsertMessage(list, createMessage(3)))).toEqual(toIds(1, 3));
    expect(getIds(mergeNewMessages(list, 'msg_1', [createMessage(2), createMessage(3)]))).toEqual(
      toIds(1, 2, 3),
    );
    commitOptimisticMessage(optimistic.id);
  });

  it('replaces one of two equal optimistic messages by one stored copy', () => {
    const [first, second] = [createOptimistic('text 3'), createOptimistic('text 3')];
    const list = insertOptimisticMessage(
      insertOptimisticMessage(createList([createMessage(1)]), first),
      second,
    );
    expect(getIds(upsertMessage(list, createMessage(3)))).toEqual(['msg_1', 'msg_3', second.id]);
    commitOptimisticMessage(first.id);
    commitOptimisticMessage(second.id);
  });

  it('keeps uncommitted optimistic messages in a refetch, and drops committed ones', () => {
    const optimistic = createOptimistic('mine');
    const share = createListSharing(mergeMessage, createMessageCompletion());
    const before = insertOptimisticMessage(createList([createMessage(1)]), optimistic);
    const refetched = share(
      before,
      createList([createMessage(1), createMessage(2)]),
    ) as ListData<Message>;
    expect(getIds(refetched)).toEqual(['msg_1', 'msg_2', optimistic.id]);
    commitOptimisticMessage(optimistic.id);
    expect(
      getIds(
        share(refetched, createList([createMessage(1), createMessage(2)])) as ListData<Message>,
      ),
    ).toEqual(toIds(1, 2));
    expect(getIds(share(createList([createMessage(1)]), refetched) as ListData<Message>)).toEqual(
      toIds(1, 2),
    );
  });
});
