import { InfiniteQueryObserver, QueryClient, dehydrate, hydrate } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import { listAssistantsOptions } from '../../src/queries/assistants.js';
import { listFilesOptions } from '../../src/queries/files.js';
import { listMessagesOptions } from '../../src/queries/messages.js';
import { listRunsOptions } from '../../src/queries/runs.js';
import { listRunStepsOptions } from '../../src/queries/runSteps.js';
import { createDeferred } from '../createDeferred.js';
import { createTestHarness } from './createTestHarness.js';

type World = ReturnType<typeof createTestHarness>;

function observe(
  world: World,
  threadId: string,
  query: {
    limit?: number;
    order?: 'asc' | 'desc';
    after?: string;
    before?: string;
    run_id?: string;
  } = {},
) {
  const observer = new InfiniteQueryObserver(
    world.queryClient,
    listMessagesOptions(world.client, { threadId, query }),
  );
  const stop = observer.subscribe(() => undefined);
  return { observer, stop, texts: () => observer.getCurrentResult().data?.map(getRawMessageText) };
}

async function load(
  world: World,
  threadId: string,
  pages: number,
  query: Parameters<typeof observe>[2] = { limit: 2 },
) {
  const observed = observe(world, threadId, query);
  await observed.observer.refetch({ cancelRefetch: false });
  for (let page = 1; page < pages; page++) await observed.observer.fetchNextPage();
  world.takeRequests();
  return observed;
}

test('reads messages oldest first, and older ones with each page', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(5);
  const { observer, texts } = await load(world, threadId, 1);
  expect(texts()).toEqual(['4', '5']);
  await observer.fetchNextPage();
  expect(texts()).toEqual(['2', '3', '4', '5']);
  await observer.fetchNextPage();
  expect(texts()).toEqual(['1', '2', '3', '4', '5']);
  expect(observer.getCurrentResult().hasNextPage).toBe(false);
});

test('sends a cursor from the second page on, and none before', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(3);
  const { observer } = observe(world, threadId);
  await observer.refetch({ cancelRefetch: false });
  expect(world.takeRequests()).toEqual([`GET /threads/${threadId}/messages`]);
  const paged = observe(world, threadId, { limit: 2 });
  await paged.observer.refetch({ cancelRefetch: false });
  await paged.observer.fetchNextPage();
  expect(world.takeRequests()).toEqual([
    `GET /threads/${threadId}/messages?limit=2`,
    expect.stringMatching(/messages\?limit=2&after=msg_\w+$/),
  ]);
});

test('reads ascending lists oldest first too', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(5);
  const { texts } = await load(world, threadId, 2, { limit: 2, order: 'asc' });
  expect(texts()).toEqual(['1', '2', '3', '4']);
});

test('reads towards the front of a cursor', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(6);
  const [, , fourth] = (await world.client.listMessages({ threadId })).data;
  const { texts, observer } = await load(world, threadId, 1, {
    limit: 1,
    before: fourth?.id ?? '',
  });
  expect(texts()).toEqual(['5']);
  await observer.fetchNextPage();
  expect(texts()).toEqual(['5', '6']);
});

test('filters messages by run', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const runId = await world.createSettledRun(threadId);
  const { texts } = await load(world, threadId, 1, { run_id: runId });
  expect(texts()).toEqual(['Hello']);
});

test('takes a missing has_more for the end', async () => {
  const world = createTestHarness();
  world.intercept(async () =>
    Response.json({ object: 'list', data: [{ id: 'msg_1', created_at: 1, content: [] }] }),
  );
  const { observer } = await load(world, 'thread_1', 1);
  expect(observer.getCurrentResult()).toMatchObject({ status: 'success', hasNextPage: false });
});

test('ends where a server repeats a page for ever', async () => {
  const world = createTestHarness();
  world.intercept(async () =>
    Response.json({
      object: 'list',
      data: [{ id: 'msg_1', created_at: 1, content: [] }],
      has_more: true,
    }),
  );
  const { observer } = await load(world, 'thread_1', 1);
  for (let page = 0; page < 5; page++) await observer.fetchNextPage();
  expect(world.takeRequests()).toHaveLength(1);
  expect(observer.getCurrentResult().hasNextPage).toBe(false);
  expect(observer.getCurrentResult().data).toHaveLength(1);
});

test('ends at an empty page that claims to have more', async () => {
  const world = createTestHarness();
  world.intercept(async () => Response.json({ object: 'list', data: [], has_more: true }));
  const { observer } = await load(world, 'thread_1', 1);
  expect(observer.getCurrentResult()).toMatchObject({
    status: 'success',
    hasNextPage: false,
    data: [],
  });
});

test('names the answer that is no list', async () => {
  const world = createTestHarness();
  world.intercept(async () => Response.json({ hello: 'world' }));
  const { observer } = observe(world, 'thread_1');
  await observer.refetch({ cancelRefetch: false });
  expect(observer.getCurrentResult().error).toMatchObject({
    name: 'AssistantsError',
    kind: 'protocol',
    operation: 'listMessages',
  });
});

test('asks a deep list again with one request, and keeps what is older', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(20);
  const { observer, texts } = await load(world, threadId, 8);
  expect(texts()).toHaveLength(16);
  await world.createMessage(threadId, 'new');
  await observer.refetch();
  expect(world.takeRequests()).toEqual([`GET /threads/${threadId}/messages?limit=2`]);
  expect(texts()).toHaveLength(17);
  expect(texts()?.slice(-2)).toEqual(['20', 'new']);
  await observer.fetchNextPage();
  expect(texts()?.slice(0, 2)).toEqual(['3', '4']);
});

test('asks a deep list for as many pages as it takes to meet what it has', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(8);
  const { observer, texts } = await load(world, threadId, 4);
  for (const text of ['a', 'b', 'c']) await world.createMessage(threadId, text);
  await observer.refetch();
  expect(world.takeRequests()).toHaveLength(2);
  expect(texts()?.slice(-4)).toEqual(['8', 'a', 'b', 'c']);
  expect(new Set(texts()).size).toBe(texts()?.length);
});

test('keeps the identity of rows that came again', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(4);
  const { observer } = await load(world, threadId, 2);
  const before = observer.getCurrentResult().data;
  await world.createMessage(threadId, 'new');
  await observer.refetch();
  const after = observer.getCurrentResult().data;
  expect(after).toHaveLength(5);
  before?.forEach((message, index) => expect(after?.[index]).toBe(message));
});

test('gives the signal of the query to the request', async () => {
  const world = createTestHarness();
  const held = createDeferred();
  let signal: AbortSignal | undefined;
  world.intercept(async (request) => {
    signal = request.signal;
    await held.promise;
    return undefined;
  });
  const { queryKey } = listMessagesOptions(world.client, { threadId: 'thread_1' });
  const { stop } = observe(world, 'thread_1', {});
  await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  expect(signal?.aborted).toBe(false);
  stop();
  expect(world.queryClient.getQueryState(queryKey)?.fetchStatus).toBe('idle');
  expect(signal?.aborted).toBe(true);
  held.resolve();
});

test('does not retry', async () => {
  const world = createTestHarness();
  const { observer } = observe(world, 'thread_unknown');
  await observer.refetch({ cancelRefetch: false });
  expect(observer.getCurrentResult().error).toMatchObject({ status: 404, kind: 'http' });
  expect(world.takeRequests()).toHaveLength(1);
});

test('reads assistants, runs, steps and files in the order of the wire', async () => {
  const world = createTestHarness();
  const assistantIds = [await world.createAssistant(), await world.createAssistant()];
  const threadId = await world.createThread(1);
  const runIds = [await world.createSettledRun(threadId), await world.createSettledRun(threadId)];
  const fileIds = [await world.upload(), await world.upload()];
  const idsOf = async <Item extends { id: string }>(read: Promise<Item[]>) =>
    (await read).map(({ id }) => id);
  const { queryClient, client } = world;
  const assistants = await idsOf(queryClient.infiniteQuery(listAssistantsOptions(client)));
  expect(assistants.slice(-2)).toEqual(assistantIds.toReversed());
  expect(await idsOf(queryClient.infiniteQuery(listRunsOptions(client, { threadId })))).toEqual(
    runIds.toReversed(),
  );
  expect(
    await idsOf(queryClient.infiniteQuery(listFilesOptions(client, { query: { order: 'asc' } }))),
  ).toEqual(fileIds);
  expect(
    await idsOf(
      queryClient.infiniteQuery(listRunStepsOptions(client, { threadId, runId: runIds[0] ?? '' })),
    ),
  ).toHaveLength(1);
});

test('is not fetched again when it was prefetched and hydrated', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(3);
  const server = new QueryClient();
  await server.infiniteQuery(listMessagesOptions(world.client, { threadId, query: { limit: 2 } }));
  hydrate(world.queryClient, JSON.parse(JSON.stringify(dehydrate(server))));
  world.takeRequests();
  const { observer, texts } = observe(world, threadId, { limit: 2 });
  expect(texts()).toEqual(['2', '3']);
  expect(observer.getCurrentResult().fetchStatus).toBe('idle');
  expect(world.takeRequests()).toEqual([]);
  await observer.fetchNextPage();
  expect(texts()).toEqual(['1', '2', '3']);
});
