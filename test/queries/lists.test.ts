import { InfiniteQueryObserver, QueryClient, dehydrate, hydrate } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { getRawMessageText } from '../../src/protocol/getRawMessageText.js';
import { listAssistantsOptions } from '../../src/queries/assistants.js';
import { listFilesOptions } from '../../src/queries/files.js';
import { listMessagesOptions } from '../../src/queries/messages.js';
import { listRunsOptions } from '../../src/queries/runs.js';
import { listRunStepsOptions } from '../../src/queries/runSteps.js';
import { createDeferred } from '../createDeferred.js';
import { createTestHarness, nextTask } from './createTestHarness.js';

type TestHarness = ReturnType<typeof createTestHarness>;

function observe(
  harness: TestHarness,
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
    harness.queryClient,
    listMessagesOptions(harness.client, { threadId, query }),
  );
  const stop = observer.subscribe(() => undefined);
  return { observer, stop, texts: () => observer.getCurrentResult().data?.map(getRawMessageText) };
}

/** Observes a list and loads its first pages. */
async function load(
  harness: TestHarness,
  threadId: string,
  pages: number,
  query: Parameters<typeof observe>[2] = { limit: 2 },
) {
  const observed = observe(harness, threadId, query);
  await observed.observer.refetch({ cancelRefetch: false });
  for (let page = 1; page < pages; page += 1) await observed.observer.fetchNextPage();
  harness.takeRequests();
  return observed;
}

describe('list queries', () => {
  it('selects messages oldest first, and loads older ones with each page', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(5);
    const { observer, texts } = await load(harness, threadId, 1);
    expect(texts()).toEqual(['4', '5']);
    await observer.fetchNextPage();
    expect(texts()).toEqual(['2', '3', '4', '5']);
    await observer.fetchNextPage();
    expect(texts()).toEqual(['1', '2', '3', '4', '5']);
    expect(observer.getCurrentResult().hasNextPage).toBe(false);
  });

  it('sends a cursor for every page except the first', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(3);
    const { observer } = observe(harness, threadId);
    await observer.refetch({ cancelRefetch: false });
    expect(harness.takeRequests()).toEqual([`GET /threads/${threadId}/messages`]);
    const paged = observe(harness, threadId, { limit: 2 });
    await paged.observer.refetch({ cancelRefetch: false });
    await paged.observer.fetchNextPage();
    expect(harness.takeRequests()).toEqual([
      `GET /threads/${threadId}/messages?limit=2`,
      expect.stringMatching(/messages\?limit=2&after=msg_\w+$/),
    ]);
  });

  it('selects ascending lists oldest first as well', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(5);
    const { texts } = await load(harness, threadId, 2, { limit: 2, order: 'asc' });
    expect(texts()).toEqual(['1', '2', '3', '4']);
  });

  it('loads pages towards the front with a before cursor', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(6);
    const [, , fourth] = (await harness.client.listMessages({ threadId })).data;
    const { texts, observer } = await load(harness, threadId, 1, {
      limit: 1,
      before: fourth?.id ?? '',
    });
    expect(texts()).toEqual(['5']);
    await observer.fetchNextPage();
    expect(texts()).toEqual(['5', '6']);
  });

  it('filters messages by run', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(1);
    const runId = await harness.createSettledRun(threadId);
    const { texts } = await load(harness, threadId, 1, { run_id: runId });
    expect(texts()).toEqual(['Hello']);
  });

  it('treats a missing has_more as the end', async () => {
    const harness = createTestHarness();
    harness.intercept(async () =>
      Response.json({ object: 'list', data: [{ id: 'msg_1', created_at: 1, content: [] }] }),
    );
    const { observer } = await load(harness, 'thread_1', 1);
    expect(observer.getCurrentResult()).toMatchObject({ status: 'success', hasNextPage: false });
  });

  it('ends if the server repeats a page', async () => {
    const harness = createTestHarness();
    harness.intercept(async () =>
      Response.json({
        object: 'list',
        data: [{ id: 'msg_1', created_at: 1, content: [] }],
        has_more: true,
      }),
    );
    const { observer } = await load(harness, 'thread_1', 1);
    for (let page = 0; page < 5; page += 1) await observer.fetchNextPage();
    expect(harness.takeRequests()).toHaveLength(1);
    expect(observer.getCurrentResult().hasNextPage).toBe(false);
    expect(observer.getCurrentResult().data).toHaveLength(1);
  });

  it('ends at an empty page with has_more', async () => {
    const harness = createTestHarness();
    harness.intercept(async () => Response.json({ object: 'list', data: [], has_more: true }));
    const { observer } = await load(harness, 'thread_1', 1);
    expect(observer.getCurrentResult()).toMatchObject({
      status: 'success',
      hasNextPage: false,
      data: [],
    });
  });

  it('reports a response that is not a list', async () => {
    const harness = createTestHarness();
    harness.intercept(async () => Response.json({ hello: 'harness' }));
    const { observer } = observe(harness, 'thread_1');
    await observer.refetch({ cancelRefetch: false });
    expect(observer.getCurrentResult().error).toMatchObject({
      name: 'AssistantsError',
      kind: 'protocol',
      operation: 'listMessages',
    });
  });

  it('refetches a list of many pages with one request, and keeps the older pages', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(20);
    const { observer, texts } = await load(harness, threadId, 8);
    expect(texts()).toHaveLength(16);
    await harness.createMessage(threadId, 'new');
    await observer.refetch();
    expect(harness.takeRequests()).toEqual([`GET /threads/${threadId}/messages?limit=2`]);
    expect(texts()).toHaveLength(17);
    expect(texts()?.slice(-2)).toEqual(['20', 'new']);
    await observer.fetchNextPage();
    expect(texts()?.slice(0, 2)).toEqual(['3', '4']);
  });

  it('refetches as many pages as it takes to reach a cached item', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(8);
    const { observer, texts } = await load(harness, threadId, 4);
    for (const text of ['a', 'b', 'c']) await harness.createMessage(threadId, text);
    await observer.refetch();
    expect(harness.takeRequests()).toHaveLength(2);
    expect(texts()?.slice(-4)).toEqual(['8', 'a', 'b', 'c']);
    expect(new Set(texts()).size).toBe(texts()?.length);
  });

  it('keeps the identity of unchanged items in a refetch', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(4);
    const { observer } = await load(harness, threadId, 2);
    const before = observer.getCurrentResult().data;
    await harness.createMessage(threadId, 'new');
    await observer.refetch();
    const after = observer.getCurrentResult().data;
    expect(after).toHaveLength(5);
    before?.forEach((message, index) => expect(after?.[index]).toBe(message));
  });

  it('passes the signal of the query to the request', async () => {
    const harness = createTestHarness();
    const gate = createDeferred();
    let signal: AbortSignal | undefined;
    harness.intercept(async (request) => {
      signal = request.signal;
      await gate.promise;
      return undefined;
    });
    const { queryKey } = listMessagesOptions(harness.client, { threadId: 'thread_1' });
    const { stop } = observe(harness, 'thread_1', {});
    await nextTask();
    expect(signal?.aborted).toBe(false);
    stop();
    expect(harness.queryClient.getQueryState(queryKey)?.fetchStatus).toBe('idle');
    expect(signal?.aborted).toBe(true);
    gate.resolve();
  });

  it('does not retry in TanStack Query', async () => {
    const harness = createTestHarness();
    const { observer } = observe(harness, 'thread_unknown');
    await observer.refetch({ cancelRefetch: false });
    expect(observer.getCurrentResult().error).toMatchObject({ status: 404, kind: 'http' });
    expect(harness.takeRequests()).toHaveLength(1);
  });

  it('selects assistants, runs, steps and files in the order of the wire', async () => {
    const harness = createTestHarness();
    const assistantIds = [await harness.createAssistant(), await harness.createAssistant()];
    const threadId = await harness.createThread(1);
    const runIds = [
      await harness.createSettledRun(threadId),
      await harness.createSettledRun(threadId),
    ];
    const fileIds = [await harness.upload(), await harness.upload()];
    const readIds = async <Item extends { id: string }>(read: Promise<Item[]>) =>
      (await read).map(({ id }) => id);
    const { queryClient, client } = harness;
    const assistants = await readIds(queryClient.infiniteQuery(listAssistantsOptions(client)));
    expect(assistants.slice(-2)).toEqual(assistantIds.toReversed());
    expect(await readIds(queryClient.infiniteQuery(listRunsOptions(client, { threadId })))).toEqual(
      runIds.toReversed(),
    );
    expect(
      await readIds(
        queryClient.infiniteQuery(listFilesOptions(client, { query: { order: 'asc' } })),
      ),
    ).toEqual(fileIds);
    expect(
      await readIds(
        queryClient.infiniteQuery(
          listRunStepsOptions(client, { threadId, runId: runIds[0] ?? '' }),
        ),
      ),
    ).toHaveLength(1);
  });

  it('is not requested again after prefetching and hydration', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(3);
    const server = new QueryClient();
    await server.infiniteQuery(
      listMessagesOptions(harness.client, { threadId, query: { limit: 2 } }),
    );
    hydrate(harness.queryClient, JSON.parse(JSON.stringify(dehydrate(server))));
    harness.takeRequests();
    const { observer, texts } = observe(harness, threadId, { limit: 2 });
    expect(texts()).toEqual(['2', '3']);
    expect(observer.getCurrentResult().fetchStatus).toBe('idle');
    expect(harness.takeRequests()).toEqual([]);
    await observer.fetchNextPage();
    expect(texts()).toEqual(['1', '2', '3']);
  });
});
