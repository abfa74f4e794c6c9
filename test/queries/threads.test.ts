import {
  CancelledError,
  MutationObserver,
  QueryClient,
  dehydrate,
  hydrate,
} from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import * as keys from '../../src/queries/keys.js';
import { listMessagesOptions } from '../../src/queries/messages.js';
import { getRunOptions, listRunsOptions } from '../../src/queries/runs.js';
import {
  createThreadOptions,
  deleteThreadOptions,
  getThreadOptions,
  modifyThreadOptions,
} from '../../src/queries/threads.js';
import { createDeferred } from '../createDeferred.js';
import { createTestHarness, nextTask } from './createTestHarness.js';

describe('thread queries', () => {
  it('writes created and modified threads into their detail queries', async () => {
    const { queryClient, client, takeRequests } = createTestHarness();
    const thread = await new MutationObserver(queryClient, createThreadOptions(client)).mutate({});
    const options = getThreadOptions(client, { threadId: thread.id });
    expect(queryClient.getQueryData(options.queryKey)).toEqual(thread);
    const modify = new MutationObserver(queryClient, modifyThreadOptions(client));
    await modify.mutate({ threadId: thread.id, body: { metadata: { title: 'Tea' } } });
    expect(queryClient.getQueryData(options.queryKey)?.metadata).toEqual({ title: 'Tea' });
    expect(takeRequests()).toHaveLength(2);
  });

  it('cancels and removes all queries of a deleted thread, and no others', async () => {
    const harness = createTestHarness();
    const { queryClient, client } = harness;
    const [threadId, other] = [await harness.createThread(1), await harness.createThread(1)];
    const runId = await harness.createSettledRun(threadId);
    await queryClient.query(getThreadOptions(client, { threadId }));
    await queryClient.query(getThreadOptions(client, { threadId: other }));
    await queryClient.infiniteQuery(listMessagesOptions(client, { threadId }));
    await queryClient.query(getRunOptions(client, { threadId, runId }));
    const gate = createDeferred();
    let signal: AbortSignal | undefined;
    harness.intercept(async (request) => {
      if (request.method !== 'GET') return undefined;
      signal = request.signal;
      await gate.promise;
      return undefined;
    });
    const loading = queryClient.infiniteQuery(listRunsOptions(client, { threadId }));
    loading.catch(() => undefined);
    await nextTask();
    await new MutationObserver(queryClient, deleteThreadOptions(client)).mutate({ threadId });
    expect(signal?.aborted).toBe(true);
    await expect(loading).rejects.toBeInstanceOf(CancelledError);
    gate.resolve();
    expect(
      queryClient.getQueryCache().findAll({ queryKey: keys.thread('test', threadId) }),
    ).toEqual([]);
    expect(
      queryClient.getQueryData(getThreadOptions(client, { threadId: other }).queryKey)?.id,
    ).toBe(other);
  });

  it('is not requested again after prefetching and hydration', async () => {
    const harness = createTestHarness();
    const threadId = await harness.createThread(0);
    const server = new QueryClient();
    await server.query(getThreadOptions(harness.client, { threadId }));
    hydrate(harness.queryClient, JSON.parse(JSON.stringify(dehydrate(server))));
    harness.takeRequests();
    const thread = await harness.queryClient.query(getThreadOptions(harness.client, { threadId }));
    expect(thread.id).toBe(threadId);
    expect(harness.takeRequests()).toEqual([]);
  });

  it('leaves retries to the client', async () => {
    const harness = createTestHarness({ client: { retry: 2 } });
    const threadId = await harness.createThread(0);
    harness.intercept(async () =>
      harness.requests.length < 3
        ? new Response('', { status: 500, headers: { 'retry-after-ms': '1' } })
        : undefined,
    );
    expect(
      (await harness.queryClient.query(getThreadOptions(harness.client, { threadId }))).id,
    ).toBe(threadId);
    expect(harness.takeRequests()).toHaveLength(3);
    harness.intercept(async () => undefined);
    await expect(
      harness.queryClient.query(getThreadOptions(harness.client, { threadId: 'thread_missing' })),
    ).rejects.toMatchObject({
      kind: 'http',
      status: 404,
    });
    expect(harness.takeRequests()).toHaveLength(1);
  });
});
