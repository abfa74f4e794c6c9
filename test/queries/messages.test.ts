import { InfiniteQueryObserver, MutationObserver, QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import type { Message } from '../../src/protocol/types.js';
import { writeMessage } from '../../src/queries/cache/writeObjects.js';
import { isOptimisticMessage, getRowKey } from '../../src/queries/cache/optimisticMessages.js';
import {
  createMessageOptions,
  deleteMessageOptions,
  getMessageOptions,
  listMessagesOptions,
  modifyMessageOptions,
} from '../../src/queries/messages.js';
import { syncMessages } from '../../src/queries/cache/syncMessages.js';
import { createDeferred } from '../createDeferred.js';
import { createTestHarness } from './createTestHarness.js';

async function open(
  world: ReturnType<typeof createTestHarness>,
  threadId: string,
  query: { limit?: number } = {},
) {
  const observer = new InfiniteQueryObserver(
    world.queryClient,
    listMessagesOptions(world.client, { threadId, query }),
  );
  const seen: string[][] = [];
  observer.subscribe(({ data }) => data && seen.push(data.map(getRawMessageText)));
  await observer.refetch({ cancelRefetch: false });
  world.takeRequests();
  return {
    observer,
    seen,
    rows: () => observer.getCurrentResult().data ?? [],
    texts: () => observer.getCurrentResult().data?.map(getRawMessageText),
  };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

function create(world: ReturnType<typeof createTestHarness>) {
  return new MutationObserver(world.queryClient, createMessageOptions(world.client));
}

test('shows a message before the server has it, and never twice', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const { seen, rows, texts } = await open(world, threadId);
  const held = createDeferred();
  world.intercept(async (request) => {
    if (request.method === 'POST') await held.promise;
    return undefined;
  });
  const sending = create(world).mutate({ threadId, body: { role: 'user', content: 'hi' } });
  await tick();
  expect(texts()).toEqual(['1', 'hi']);
  const local = rows().at(-1);
  expect(local && isOptimisticMessage(local)).toBe(true);
  held.resolve();
  const message = await sending;
  expect(rows().at(-1)).toEqual(message);
  expect(getRowKey(world.queryClient, message.id)).toBe(local?.id);
  expect(
    seen.filter((shown) => shown.length > 2 || (shown.includes('hi') && shown.length < 2)),
  ).toEqual([]);
  expect(world.takeRequests()).toEqual([`POST /threads/${threadId}/messages`]);
});

test('does not double a message that a sync brings before its own answer', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const { seen, texts } = await open(world, threadId);
  const held = createDeferred();
  world.intercept(async (request) => {
    if (request.method !== 'POST') return undefined;
    const answer = await world.backend.fetch(request);
    await held.promise;
    return answer;
  });
  const sending = create(world).mutate({ threadId, body: { role: 'user', content: 'hi' } });
  await tick();
  await syncMessages(world.queryClient, world.client, threadId);
  expect(texts()).toEqual(['1', 'hi']);
  held.resolve();
  await sending;
  expect(texts()).toEqual(['1', 'hi']);
  expect(seen.every((shown) => shown.length <= 2)).toBe(true);
});

test('does not double a message whose text the server has changed', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const { texts } = await open(world, threadId);
  const held = createDeferred();
  world.intercept(async (request) => {
    if (request.method !== 'POST') return undefined;
    const message = (await (await world.backend.fetch(request)).json()) as Message;
    const changed = {
      ...message,
      content: [{ type: 'text' as const, text: { value: 'HI', annotations: [] } }],
    };
    writeMessage(world.queryClient, 'test', changed);
    await held.promise;
    return Response.json(changed);
  });
  const sending = create(world).mutate({ threadId, body: { role: 'user', content: 'hi' } });
  await tick();
  held.resolve();
  await sending;
  expect(texts()).toEqual(['1', 'HI']);
  const { queryKey } = listMessagesOptions(world.client, { threadId });
  expect(world.queryClient.getQueryData(queryKey)?.pages[0]?.data).toHaveLength(2);
});

test('keeps a message on its way through a refetch', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const { observer, texts } = await open(world, threadId);
  const held = createDeferred();
  world.intercept(async (request) => {
    if (request.method === 'POST') await held.promise;
    return undefined;
  });
  const sending = create(world).mutate({ threadId, body: { role: 'user', content: 'hi' } });
  await tick();
  await observer.refetch();
  expect(texts()).toEqual(['1', 'hi']);
  held.resolve();
  await sending;
  await observer.refetch();
  expect(texts()).toEqual(['1', 'hi']);
});

test('takes a refused message out again', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const { texts } = await open(world, threadId);
  await expect(
    create(world).mutate({ threadId, body: { role: 'user', content: '' } }),
  ).rejects.toMatchObject({ status: 400 });
  expect(texts()).toEqual(['1']);
  expect(world.takeRequests()).toHaveLength(1);
});

test('modifies a message in detail and lists', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const { rows } = await open(world, threadId);
  const [message] = rows();
  const modify = new MutationObserver(world.queryClient, modifyMessageOptions(world.client));
  await modify.mutate({
    threadId,
    messageId: message?.id ?? '',
    body: { metadata: { read: 'yes' } },
  });
  expect(rows()[0]?.metadata).toEqual({ read: 'yes' });
  const { queryKey } = getMessageOptions(world.client, { threadId, messageId: message?.id ?? '' });
  expect(world.queryClient.getQueryData(queryKey)?.metadata).toEqual({ read: 'yes' });
});

test('deletes a message from lists and detail, whatever is on its way', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(3);
  const { rows, texts } = await open(world, threadId);
  const messageId = rows()[1]?.id ?? '';
  const options = getMessageOptions(world.client, { threadId, messageId });
  await world.queryClient.query(options);
  const stale = await world.backend.fetch(
    new Request(`http://backend.test/v1/threads/${threadId}/messages`),
  );
  const held = createDeferred();
  world.intercept(async (request) => {
    if (request.method !== 'GET') return undefined;
    world.intercept(async () => undefined);
    await held.promise;
    return stale;
  });
  const refetched = world.queryClient.invalidateQueries({
    queryKey: listMessagesOptions(world.client, { threadId }).queryKey,
  });
  await tick();
  await new MutationObserver(world.queryClient, deleteMessageOptions(world.client)).mutate({
    threadId,
    messageId,
  });
  held.resolve();
  await refetched;
  expect(texts()).toEqual(['1', '3']);
  expect(world.queryClient.getQueryData(options.queryKey)).toBeUndefined();
});

test('is not made to lose a written message by a page that was on its way', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(4);
  const { observer, texts } = await open(world, threadId, { limit: 2 });
  const held = createDeferred();
  world.intercept(async () => {
    world.intercept(async () => undefined);
    await held.promise;
    return undefined;
  });
  const older = observer.fetchNextPage();
  await tick();
  const id = await world.createMessage(threadId, 'new');
  const { body } = await world.send('GET', `/v1/threads/${threadId}/messages/${id}`);
  writeMessage(world.queryClient, 'test', body as unknown as Message);
  held.resolve();
  await older;
  expect(texts()).toEqual(['1', '2', '3', '4', 'new']);
});

test('does not leave a list empty whose first fetch a message interrupts', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const observer = new InfiniteQueryObserver(
    world.queryClient,
    listMessagesOptions(world.client, { threadId }),
  );
  observer.subscribe(() => undefined);
  const loading = observer.refetch({ cancelRefetch: false });
  const { data } = await world.client.listMessages({ threadId });
  if (data[0]) writeMessage(world.queryClient, 'test', data[0]);
  await loading;
  await world.queryClient.infiniteQuery(listMessagesOptions(world.client, { threadId }));
  expect(observer.getCurrentResult().data?.map(getRawMessageText)).toEqual(['1']);
});

test('never shortens a message or takes it back to growing', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const { rows } = await open(world, threadId);
  const [message] = rows();
  if (!message) throw new Error('no message');
  writeMessage(world.queryClient, 'test', { ...message, status: 'in_progress', content: [] });
  expect(rows()[0]).toEqual(message);
  const { queryKey } = getMessageOptions(world.client, { threadId, messageId: message.id });
  writeMessage(world.queryClient, 'test', message);
  world.intercept(async () => Response.json({ ...message, status: 'in_progress', content: [] }));
  await world.queryClient.query({
    ...getMessageOptions(world.client, { threadId, messageId: message.id }),
    staleTime: 0,
  });
  expect(world.queryClient.getQueryData(queryKey)).toEqual(message);
});

test('changes a list of 10,000 messages in a few milliseconds', () => {
  const world = createTestHarness();
  const queryClient = new QueryClient();
  const options = listMessagesOptions(world.client, {
    threadId: 'thread_1',
    query: { limit: 100 },
  });
  const message = (number: number): Message => ({
    id: `msg_${number}`,
    object: 'thread.message',
    created_at: number,
    thread_id: 'thread_1',
    status: 'completed',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: 'user',
    content: [{ type: 'text', text: { value: `text ${number}`, annotations: [] } }],
    assistant_id: null,
    run_id: null,
    metadata: {},
  });
  const pages = Array.from({ length: 100 }, (_, page) => {
    const data = Array.from({ length: 100 }, (__, at) => message(10_000 - page * 100 - at));
    return {
      object: 'list',
      data,
      has_more: page < 99,
      first_id: data[0]?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
    };
  });
  queryClient.setQueryData(options.queryKey, {
    pages,
    pageParams: pages.map((_, page) => pages[page - 1]?.last_id ?? null),
  });
  const observer = new InfiniteQueryObserver(queryClient, { ...options, enabled: false });
  observer.subscribe(() => undefined);
  const writes = Array.from({ length: 20 }, (_, number) => {
    const start = performance.now();
    writeMessage(queryClient, 'test', message(10_001 + number));
    return performance.now() - start;
  });
  expect(observer.getCurrentResult().data).toHaveLength(10_020);
  expect(writes.sort((left, right) => left - right)[10]).toBeLessThan(160);
});
