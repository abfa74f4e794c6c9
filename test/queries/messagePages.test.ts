import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import { mergeMessage } from '../../src/protocol/mergeMessage.js';
import type { Message } from '../../src/protocol/types.js';
import {
  addOptimisticMessage,
  commitOptimisticMessage,
} from '../../src/queries/cache/optimisticMessages.js';
import { mergeNewMessages, readSyncCursor } from '../../src/queries/cache/mergeNewMessages.js';
import {
  computeSyncCursor,
  insertOptimisticMessage,
  upsertMessage,
  keepOptimisticMessages,
} from '../../src/queries/cache/messagePages.js';
import {
  getOldestFirstSelector,
  type ListData,
  type ListQuery,
} from '../../src/queries/cache/pages.js';
import { createListSharing } from '../../src/queries/cache/structuralSharing.js';
import { aMessage } from '../core/run/events.js';

const THREAD = 'thread_1';

function said(number: number, change: Partial<Message> = {}): Message {
  return aMessage(`text ${number}`, {
    id: `msg_${number}`,
    created_at: number,
    status: 'completed',
    role: 'user',
    run_id: null,
    ...change,
  });
}

/** A list as a server gives it: newest first. */
function listOf(
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

const shown = (data: ListData<Message>, query?: ListQuery) =>
  getOldestFirstSelector(query)(data).map(({ id }) => id);
const ids = (...numbers: number[]) => numbers.map((number) => `msg_${number}`);

const orders = fc.constantFrom<('asc' | 'desc')[]>('asc', 'desc');

test('has every message once and in its place, whatever order the snapshots arrive in', () => {
  const snapshots = (number: number) => [
    said(number, { status: 'in_progress', content: [] }),
    said(number, {
      status: 'in_progress',
      content: [{ type: 'text', text: { value: 'te', annotations: [] } }],
    }),
    said(number),
  ];
  const arrivals = fc.integer({ min: 1, max: 8 }).chain((count) =>
    fc.shuffledSubarray(
      Array.from({ length: count * 3 }, (_, at) => at),
      { minLength: count * 3 },
    ),
  );
  fc.assert(
    fc.property(arrivals, orders, fc.integer({ min: 1, max: 4 }), (order, direction, limit) => {
      const query = { order: direction };
      const count = order.length / 3;
      const list = order.reduce(
        (data, at) => {
          const message = snapshots(Math.floor(at / 3) + 1)[at % 3];
          return message ? upsertMessage(data, message, query) : data;
        },
        listOf([said(0)], { order: direction, limit }) as ListData<Message>,
      );
      expect(shown(list, query)).toEqual(
        Array.from({ length: count + 1 }, (_, number) => `msg_${number}`),
      );
      expect(getOldestFirstSelector(query)(list).slice(1).map(getRawMessageText)).toEqual(
        Array.from({ length: count }, (_, at) => `text ${at + 1}`),
      );
    }),
  );
});

test('never makes a growing text shorter', () => {
  const histories = fc.array(fc.record({ length: fc.nat(20), done: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(histories, (snapshots) => {
      const messages = snapshots.map(({ length, done }) => {
        const text = { value: 'x'.repeat(done ? 21 : length), annotations: [] };
        return said(1, {
          status: done ? 'completed' : 'in_progress',
          content: [{ type: 'text', text }],
        });
      });
      const merged = messages.map((_, index) => messages.slice(0, index + 1).reduce(mergeMessage));
      const lengths = merged.map((message) => getRawMessageText(message).length);
      expect(lengths).toEqual(lengths.toSorted((left, right) => left - right));
      expect(merged.at(-1)?.status).toBe(
        snapshots.some(({ done }) => done) ? 'completed' : 'in_progress',
      );
    }),
  );
});

test('takes the server order of a delta, also among messages of the same second and around gaps', () => {
  const setting = fc.record({
    known: fc.integer({ min: 1, max: 6 }),
    fresh: fc.integer({ min: 1, max: 6 }),
    limit: fc.integer({ min: 1, max: 4 }),
    order: orders,
    early: fc.array(fc.nat(5), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(setting, ({ known, fresh, limit, order, early }) => {
      const query = { order };
      const all = Array.from({ length: known + fresh }, (_, number) =>
        said(number, { created_at: 7 }),
      );
      const delta = all.slice(known);
      // A stream has brought some of them before, in any order.
      const before = early.reduce(
        (data, at) => {
          const message = delta[at];
          return message ? upsertMessage(data, message, query) : data;
        },
        listOf(all.slice(0, known), { order, limit }) as ListData<Message>,
      );
      const cursor = readSyncCursor(before, query);
      expect(cursor).toBe(`msg_${known - 1}`);
      const after = mergeNewMessages(before, cursor ?? null, delta, query);
      expect(shown(after, query)).toEqual(all.map(({ id }) => id));
      expect(readSyncCursor(after, query)).toBe(all.at(-1)?.id);
      expect(shown(mergeNewMessages(after, cursor ?? null, delta, query), query)).toEqual(
        all.map(({ id }) => id),
      );
    }),
  );
});

test('fills a gap in front of a message that a stream has brought', () => {
  const list = upsertMessage(listOf([said(1)]), said(3));
  expect(readSyncCursor(list)).toBe('msg_1');
  expect(shown(mergeNewMessages(list, 'msg_1', [said(2), said(3)]))).toEqual(ids(1, 2, 3));
});

test('keeps the cursor of a list that has a gap in front of the delta', () => {
  const list = upsertMessage(listOf([said(1)]), said(3));
  const after = mergeNewMessages(list, 'msg_3', [said(4)]);
  expect(shown(after)).toEqual(ids(1, 3, 4));
  expect(readSyncCursor(after)).toBe('msg_1');
});

test('starts an empty list with all there is', () => {
  expect(readSyncCursor(listOf([]))).toBeNull();
  expect(shown(mergeNewMessages(listOf([]), null, [said(1), said(2)]))).toEqual(ids(1, 2));
});

test('asks again for messages that still grow', () => {
  const newestFirst = [said(3), said(2, { status: 'in_progress' }), said(1)];
  expect(computeSyncCursor(newestFirst, null)).toBe('msg_1');
  expect(computeSyncCursor([said(3)], null)).toBe('msg_3');
  expect(computeSyncCursor([said(3, { status: 'in_progress' })], 'msg_0')).toBe('msg_0');
});

test('moves on where a server never finishes a message', () => {
  const newestFirst = Array.from({ length: 9 }, (_, at) => said(9 - at, { status: 'in_progress' }));
  expect(computeSyncCursor(newestFirst, null)).toBe('msg_4');
});

test('adds nothing to a list of another run, and nothing new to a window', () => {
  const list = listOf([said(1)]);
  expect(upsertMessage(list, said(2), { run_id: 'run_1' })).toBe(list);
  expect(shown(upsertMessage(list, said(2, { run_id: 'run_1' }), { run_id: 'run_1' }))).toEqual(
    ids(1, 2),
  );
  expect(upsertMessage(list, said(2), { after: 'msg_9' })).toBe(list);
  expect(upsertMessage(list, said(2), { before: 'msg_9' })).toBe(list);
});

test('leaves what is older than all that is loaded to its page', () => {
  const list = listOf([said(5), said(6)], { hasMore: true });
  expect(upsertMessage(list, said(1))).toBe(list);
});

function local(text: string) {
  return addOptimisticMessage({ threadId: THREAD, body: { role: 'user', content: text } }, 9_000);
}

test.each(['asc', 'desc'] as const)(
  'puts a local message at the newest end, and an answer behind it (%s)',
  (order) => {
    const query = { order };
    const mine = local('mine');
    const list = insertOptimisticMessage(listOf([said(1), said(2)], { order }), mine, query);
    expect(shown(list, query)).toEqual(['msg_1', 'msg_2', mine.id]);
    expect(
      shown(upsertMessage(list, said(3, { role: 'assistant', run_id: 'run_1' }), query), query),
    ).toEqual(['msg_1', 'msg_2', mine.id, 'msg_3']);
    commitOptimisticMessage(mine.id);
  },
);

test('puts the server copy in the place of the local message', () => {
  const mine = local('text 3');
  const list = insertOptimisticMessage(listOf([said(1)]), mine);
  expect(shown(upsertMessage(list, said(3)))).toEqual(ids(1, 3));
  expect(shown(mergeNewMessages(list, 'msg_1', [said(2), said(3)]))).toEqual(ids(1, 2, 3));
  commitOptimisticMessage(mine.id);
});

test('lets one arrival stand for one of two equal local messages', () => {
  const [first, second] = [local('text 3'), local('text 3')];
  const list = insertOptimisticMessage(insertOptimisticMessage(listOf([said(1)]), first), second);
  expect(shown(upsertMessage(list, said(3)))).toEqual(['msg_1', 'msg_3', second.id]);
  commitOptimisticMessage(first.id);
  commitOptimisticMessage(second.id);
});

test('carries local messages over a fetch while they are open, and drops them when they are not', () => {
  const mine = local('mine');
  const share = createListSharing(mergeMessage, keepOptimisticMessages());
  const before = insertOptimisticMessage(listOf([said(1)]), mine);
  const refetched = share(before, listOf([said(1), said(2)])) as ListData<Message>;
  expect(shown(refetched)).toEqual(['msg_1', 'msg_2', mine.id]);
  commitOptimisticMessage(mine.id);
  expect(shown(share(refetched, listOf([said(1), said(2)])) as ListData<Message>)).toEqual(
    ids(1, 2),
  );
  expect(shown(share(listOf([said(1)]), refetched) as ListData<Message>)).toEqual(ids(1, 2));
});
