import { InfiniteQueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import { writeMessage } from '../../src/queries/cache/writeObjects.js';
import { listMessagesOptions } from '../../src/queries/messages.js';
import { syncMessages } from '../../src/queries/cache/syncMessages.js';
import { createDeferred } from '../createDeferred.js';
import { createTestHarness } from './createTestHarness.js';

type World = ReturnType<typeof createTestHarness>;
type Query = NonNullable<Parameters<typeof listMessagesOptions>[1]['query']>;

async function open(world: World, threadId: string, query: Query = {}, pages = 1) {
  const observer = new InfiniteQueryObserver(
    world.queryClient,
    listMessagesOptions(world.client, { threadId, query }),
  );
  observer.subscribe(() => undefined);
  await observer.refetch({ cancelRefetch: false });
  for (let page = 1; page < pages; page++) await observer.fetchNextPage();
  world.takeRequests();
  return () => observer.getCurrentResult().data?.map(getRawMessageText);
}

test.each([
  [10, 1],
  [5_000, 50],
])('costs one request a turn in a thread of %i messages', async (count, pages) => {
  const world = createTestHarness();
  const threadId = await world.createThread(count);
  const texts = await open(world, threadId, { limit: 100 }, pages);
  expect(texts()).toHaveLength(count);
  for (let turn = 1; turn <= 3; turn++) {
    await world.createMessage(threadId, `turn ${turn}`);
    await world.createSettledRun(threadId);
    await syncMessages(world.queryClient, world.client, threadId);
    expect(world.takeRequests()).toEqual([
      expect.stringMatching(/messages\?order=asc&limit=100&after=msg_\w+$/),
    ]);
    expect(texts()).toHaveLength(count + turn * 2);
    expect(texts()?.slice(-2)).toEqual([`turn ${turn}`, 'Hello']);
  }
});

test('asks on while there is more', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const texts = await open(world, threadId);
  for (let number = 0; number < 250; number++) await world.createMessage(threadId, `${number}`);
  await syncMessages(world.queryClient, world.client, threadId);
  expect(world.takeRequests()).toHaveLength(3);
  expect(texts()).toEqual(['1', ...Array.from({ length: 250 }, (_, number) => `${number}`)]);
});

test('fetches what was written before a message that a stream has brought', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  const texts = await open(world, threadId);
  await world.createMessage(threadId, 'of another tab');
  await world.createSettledRun(threadId);
  const [answer] = (await world.client.listMessages({ threadId })).data;
  if (answer) writeMessage(world.queryClient, 'test', answer);
  expect(texts()).toEqual(['1', 'Hello']);
  await syncMessages(world.queryClient, world.client, threadId);
  expect(texts()).toEqual(['1', 'of another tab', 'Hello']);
});

test('brings every list of the thread up to date, each with what it holds', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(3);
  const newest = await open(world, threadId, { limit: 2 });
  const ascending = await open(world, threadId, { order: 'asc' });
  const half = await open(world, threadId, { order: 'asc', limit: 2 });
  const ofRun = await open(world, threadId, { run_id: 'run_other' });
  await world.createMessage(threadId, 'new');
  await syncMessages(world.queryClient, world.client, threadId);
  expect(world.takeRequests()).toHaveLength(1);
  expect(newest()).toEqual(['2', '3', 'new']);
  expect(ascending()).toEqual(['1', '2', '3', 'new']);
  expect(half()).toEqual(['1', '2']);
  expect(ofRun()).toEqual([]);
});

test('starts from the beginning in a thread that was empty', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(0);
  const texts = await open(world, threadId);
  await world.createMessage(threadId, 'first');
  await syncMessages(world.queryClient, world.client, threadId);
  expect(world.takeRequests()).toEqual([`GET /threads/${threadId}/messages?order=asc&limit=100`]);
  expect(texts()).toEqual(['first']);
});

test('fetches nothing where nothing is cached', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  await syncMessages(world.queryClient, world.client, threadId);
  expect(world.takeRequests()).toEqual([]);
});

test('asks for the first page where the server does not know the newest cached message', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(6);
  const texts = await open(world, threadId, { limit: 2 }, 3);
  const [newest] = (await world.client.listMessages({ threadId })).data;
  await world.send('DELETE', `/v1/threads/${threadId}/messages/${newest?.id}`);
  await world.createMessage(threadId, 'new');
  world.takeRequests();
  await syncMessages(world.queryClient, world.client, threadId);
  expect(world.takeRequests()).toEqual([
    expect.stringContaining(`after=${newest?.id}`),
    `GET /threads/${threadId}/messages?limit=2`,
  ]);
  expect(texts()).toEqual(['1', '2', '3', '4', '5', 'new']);
});

test('passes other failures on', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  await open(world, threadId);
  world.intercept(async () => new Response('', { status: 500 }));
  await expect(syncMessages(world.queryClient, world.client, threadId)).rejects.toMatchObject({
    status: 500,
  });
});

test('is called off by its signal', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(1);
  await open(world, threadId);
  const signal = AbortSignal.abort();
  await expect(
    syncMessages(world.queryClient, world.client, threadId, { signal }),
  ).rejects.toMatchObject({ kind: 'aborted' });
});

test('does not loop where a server repeats what it sent', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(2);
  await open(world, threadId);
  const page = await world.client.listMessages({ threadId, query: { order: 'asc' } });
  world.takeRequests();
  world.intercept(async () => Response.json({ ...page, has_more: true }));
  await syncMessages(world.queryClient, world.client, threadId);
  expect(world.takeRequests().length).toBeLessThanOrEqual(2);
});

test('is not undone by a fetch that began before it', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(2);
  const texts = await open(world, threadId);
  const stale = await world.backend.fetch(
    new Request(`http://backend.test/v1/threads/${threadId}/messages`),
  );
  const held = createDeferred();
  world.intercept(async (request) => {
    if (request.url.includes('after=')) return undefined;
    world.intercept(async () => undefined);
    await held.promise;
    return stale;
  });
  const refetched = world.queryClient.invalidateQueries();
  await world.createMessage(threadId, 'new');
  await syncMessages(world.queryClient, world.client, threadId);
  held.resolve();
  await refetched;
  expect(texts()).toEqual(['1', '2', 'new']);
});
