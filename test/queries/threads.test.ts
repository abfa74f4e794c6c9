import {
  CancelledError,
  MutationObserver,
  QueryClient,
  dehydrate,
  hydrate,
} from '@tanstack/react-query';
import { expect, test } from 'vitest';
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
import { createTestHarness } from './createTestHarness.js';

test('puts created and modified threads into their detail', async () => {
  const { queryClient, client, takeRequests } = createTestHarness();
  const thread = await new MutationObserver(queryClient, createThreadOptions(client)).mutate({});
  const options = getThreadOptions(client, { threadId: thread.id });
  expect(queryClient.getQueryData(options.queryKey)).toEqual(thread);
  const modify = new MutationObserver(queryClient, modifyThreadOptions(client));
  await modify.mutate({ threadId: thread.id, body: { metadata: { title: 'Tea' } } });
  expect(queryClient.getQueryData(options.queryKey)?.metadata).toEqual({ title: 'Tea' });
  expect(takeRequests()).toHaveLength(2);
});

test('cancels and forgets everything of a deleted thread, and nothing else', async () => {
  const world = createTestHarness();
  const { queryClient, client } = world;
  const [threadId, other] = [await world.createThread(1), await world.createThread(1)];
  const runId = await world.createSettledRun(threadId);
  await queryClient.query(getThreadOptions(client, { threadId }));
  await queryClient.query(getThreadOptions(client, { threadId: other }));
  await queryClient.infiniteQuery(listMessagesOptions(client, { threadId }));
  await queryClient.query(getRunOptions(client, { threadId, runId }));
  const held = createDeferred();
  let signal: AbortSignal | undefined;
  world.intercept(async (request) => {
    if (request.method !== 'GET') return undefined;
    signal = request.signal;
    await held.promise;
    return undefined;
  });
  const loading = queryClient.infiniteQuery(listRunsOptions(client, { threadId }));
  loading.catch(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  await new MutationObserver(queryClient, deleteThreadOptions(client)).mutate({ threadId });
  expect(signal?.aborted).toBe(true);
  await expect(loading).rejects.toBeInstanceOf(CancelledError);
  held.resolve();
  expect(queryClient.getQueryCache().findAll({ queryKey: keys.thread('test', threadId) })).toEqual(
    [],
  );
  expect(queryClient.getQueryData(getThreadOptions(client, { threadId: other }).queryKey)?.id).toBe(
    other,
  );
});

test('is not fetched again when it was prefetched and hydrated', async () => {
  const world = createTestHarness();
  const threadId = await world.createThread(0);
  const server = new QueryClient();
  await server.query(getThreadOptions(world.client, { threadId }));
  hydrate(world.queryClient, JSON.parse(JSON.stringify(dehydrate(server))));
  world.takeRequests();
  const thread = await world.queryClient.query(getThreadOptions(world.client, { threadId }));
  expect(thread.id).toBe(threadId);
  expect(world.takeRequests()).toEqual([]);
});

test('leaves retries to the client, which repeats what can be repeated', async () => {
  const world = createTestHarness({ client: { retry: 2 } });
  const threadId = await world.createThread(0);
  world.intercept(async () =>
    world.requests.length < 3
      ? new Response('', { status: 500, headers: { 'retry-after-ms': '1' } })
      : undefined,
  );
  expect((await world.queryClient.query(getThreadOptions(world.client, { threadId }))).id).toBe(
    threadId,
  );
  expect(world.takeRequests()).toHaveLength(3);
  world.intercept(async () => undefined);
  await expect(
    world.queryClient.query(getThreadOptions(world.client, { threadId: 'thread_none' })),
  ).rejects.toMatchObject({
    kind: 'http',
    status: 404,
  });
  expect(world.takeRequests()).toHaveLength(1);
});
