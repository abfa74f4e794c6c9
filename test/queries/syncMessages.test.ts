import { InfiniteQueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import { writeMessage } from '../../src/queries/cache/writeObjects.js';
import { listMessagesOptions } from '../../src/queries/messages.js';
import { syncMessages } from '../../src/queries/cache/syncMessages.js';
import { createDeferred } from '../createDeferred.js';
import { createTestHarness } from './createTestHarness.js';

type TestHarness = ReturnType<typeof createTestHarness>;
type Query = NonNullable<Parameters<typeof listMessagesOptions>[1]['query']>;

/** Observes a list. Returns a function that returns the texts of its messages. */
async function openList(harness: TestHarness, threadId: string, query: Query = {}, pages = 1) {
  const observer = new InfiniteQueryObserver(
    harness.queryClient,
    listMessagesOptions(harness.client, { threadId, query }),
  );
  observer.subscribe(() => undefined);
  await observer.refetch({ cancelRefetch: false });
  for (let page = 1; page < pages; page += 1) await observer.fetchNextPage();
  harness.takeRequests();
  return () => observer.getCurrentResult().data?.map(getRawMessageText);
}

describe('syncMessages', () => {
  it.each([
    [10, 1],
    [5_000, 50],
  ])('sends one request per turn in a thread of %i messages', async (count, pages) => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(count);
    const texts = await openList(harness, threadId, { limit: 100 }, pages);
    expect(texts()).toHaveLength(count);
    for (let turn = 1; turn <= 3; turn += 1) {
      await harness.createMessage(threadId, `turn ${turn}`);
      await harness.createSettledRun(threadId);
      await syncMessages(harness.queryClient, harness.client, threadId);
      expect(harness.takeRequests()).toEqual([
        expect.stringMatching(/messages\?order=asc&limit=100&after=msg_\w+$/),
      ]);
      expect(texts()).toHaveLength(count + turn * 2);
      expect(texts()?.slice(-2)).toEqual([`turn ${turn}`, 'Hello']);
    }
  });

  it('requests pages until the end', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const texts = await openList(harness, threadId);
    for (let number = 0; number < 250; number += 1)
      await harness.createMessage(threadId, `${number}`);
    await syncMessages(harness.queryClient, harness.client, threadId);
    expect(harness.takeRequests()).toHaveLength(3);
    expect(texts()).toEqual(['1', ...Array.from({ length: 250 }, (_, number) => `${number}`)]);
  });

  it('fetches messages that were created before a streamed one', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const texts = await openList(harness, threadId);
    await harness.createMessage(threadId, 'from another tab');
    await harness.createSettledRun(threadId);
    const [answer] = (await harness.client.listMessages({ threadId })).data;
    if (answer) writeMessage(harness.queryClient, 'test', answer);
    expect(texts()).toEqual(['1', 'Hello']);
    await syncMessages(harness.queryClient, harness.client, threadId);
    expect(texts()).toEqual(['1', 'from another tab', 'Hello']);
  });

  it('updates every list of the thread with the messages that belong in it', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(3);
    const newest = await openList(harness, threadId, { limit: 2 });
    const ascending = await openList(harness, threadId, { order: 'asc' });
    const incomplete = await openList(harness, threadId, { order: 'asc', limit: 2 });
    const listOfRun = await openList(harness, threadId, { run_id: 'run_other' });
    await harness.createMessage(threadId, 'new');
    await syncMessages(harness.queryClient, harness.client, threadId);
    expect(harness.takeRequests()).toHaveLength(1);
    expect(newest()).toEqual(['2', '3', 'new']);
    expect(ascending()).toEqual(['1', '2', '3', 'new']);
    expect(incomplete()).toEqual(['1', '2']);
    expect(listOfRun()).toEqual([]);
  });

  it('starts at the beginning of a thread that was empty', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(0);
    const texts = await openList(harness, threadId);
    await harness.createMessage(threadId, 'first');
    await syncMessages(harness.queryClient, harness.client, threadId);
    expect(harness.takeRequests()).toEqual([
      `GET /threads/${threadId}/messages?order=asc&limit=100`,
    ]);
    expect(texts()).toEqual(['first']);
  });

  it('requests nothing if no list is cached', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    await syncMessages(harness.queryClient, harness.client, threadId);
    expect(harness.takeRequests()).toEqual([]);
  });

  it('refetches the lists if the server no longer has the newest cached message', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(6);
    const texts = await openList(harness, threadId, { limit: 2 }, 3);
    const [newest] = (await harness.client.listMessages({ threadId })).data;
    await harness.send('DELETE', `/v1/threads/${threadId}/messages/${newest?.id}`);
    await harness.createMessage(threadId, 'new');
    harness.takeRequests();
    await syncMessages(harness.queryClient, harness.client, threadId);
    expect(harness.takeRequests()).toEqual([
      expect.stringContaining(`after=${newest?.id}`),
      `GET /threads/${threadId}/messages?limit=2`,
    ]);
    expect(texts()).toEqual(['1', '2', '3', '4', '5', 'new']);
  });

  it.each([403, 405, 500, 502])(
    'refetches the lists if the server answers `after` with %d',
    async (status) => {
      const harness = createTestHarness();
      const threadId = await harness.createThread(1);
      const texts = await openList(harness, threadId);
      const listOptions = listMessagesOptions(harness.client, { threadId, query: { limit: 5 } });
      await harness.queryClient.prefetchInfiniteQuery(listOptions);
      await harness.createMessage(threadId, 'new');
      harness.intercept(async ({ url }) =>
        url.includes('after=') ? new Response('', { status }) : undefined,
      );
      await syncMessages(harness.queryClient, harness.client, threadId);
      expect(texts()).toEqual(['1', 'new']);
      // A list that nothing observes, too.
      const cached = harness.queryClient.getQueryData(listOptions.queryKey);
      expect(cached?.pages.flatMap(({ data }) => data)).toHaveLength(2);
    },
  );

  it.each([401, 403, 500])(
    'throws if the lists cannot be refetched either, with %d',
    async (status) => {
      const harness = createTestHarness();
      const threadId = await harness.createThread(1);
      await openList(harness, threadId);
      harness.intercept(async () => new Response('', { status }));
      const synced = syncMessages(harness.queryClient, harness.client, threadId);
      await expect(synced).rejects.toMatchObject({ status });
    },
  );

  it('requests nothing more above the rate limit', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    await openList(harness, threadId);
    harness.intercept(async () => new Response('', { status: 429 }));
    const synced = syncMessages(harness.queryClient, harness.client, threadId);
    await expect(synced).rejects.toMatchObject({ status: 429 });
    expect(harness.takeRequests()).toHaveLength(1);
  });

  it('is aborted by its signal', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    await openList(harness, threadId);
    const signal = AbortSignal.abort();
    await expect(
      syncMessages(harness.queryClient, harness.client, threadId, { signal }),
    ).rejects.toMatchObject({ kind: 'aborted' });
  });

  it('ends if the server repeats a page', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(2);
    await openList(harness, threadId);
    const page = await harness.client.listMessages({ threadId, query: { order: 'asc' } });
    harness.takeRequests();
    harness.intercept(async () => Response.json({ ...page, has_more: true }));
    await syncMessages(harness.queryClient, harness.client, threadId);
    expect(harness.takeRequests().length).toBeLessThanOrEqual(2);
  });

  it('is not undone by a request that started before it', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(2);
    const texts = await openList(harness, threadId);
    const stale = await harness.backend.fetch(
      new Request(`http://backend.test/v1/threads/${threadId}/messages`),
    );
    const gate = createDeferred();
    harness.intercept(async (request) => {
      if (request.url.includes('after=')) return undefined;
      harness.intercept(async () => undefined);
      await gate.promise;
      return stale;
    });
    const refetched = harness.queryClient.invalidateQueries();
    await harness.createMessage(threadId, 'new');
    await syncMessages(harness.queryClient, harness.client, threadId);
    gate.resolve();
    await refetched;
    expect(texts()).toEqual(['1', '2', 'new']);
  });
});
