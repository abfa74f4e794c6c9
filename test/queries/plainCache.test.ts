import {
  dehydrate,
  hydrate,
  QueryClient,
  type DehydratedState,
  type QueryKey,
} from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { createConversation } from '../../src/core/conversation/createConversation.js';
import { getAssistantOptions, listAssistantsOptions } from '../../src/queries/assistants.js';
import { listFilesOptions } from '../../src/queries/files.js';
import {
  createMessageOptions,
  getMessageOptions,
  listMessagesOptions,
} from '../../src/queries/messages.js';
import { getRunOptions, listRunsOptions, newestRunOptions } from '../../src/queries/runs.js';
import { getRunStepOptions, listRunStepsOptions } from '../../src/queries/runSteps.js';
import { getThreadOptions } from '../../src/queries/threads.js';
import { createTestHarness } from './createTestHarness.js';

/** The places in a value that JSON does not bring back as they are: functions, instances of classes, dates, cycles. */
function unplain(value: unknown, path = ''): string[] {
  if (
    value === null ||
    value === undefined ||
    typeof value === 'string' ||
    typeof value === 'boolean'
  )
    return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (typeof value !== 'object') return [path];
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return [path];
  return Object.entries(value).flatMap(([name, inner]) => unplain(inner, `${path}/${name}`));
}

/** A cache that has seen every kind of query, a conversation and a write. */
async function fullCache() {
  const { client, queryClient, ...world } = createTestHarness();
  const assistantId = await world.createAssistant();
  const threadId = await world.createThread(2);
  const runId = await world.createSettledRun(threadId);
  const [step] = (await client.listRunSteps({ threadId, runId })).data;
  const [message] = (await client.listMessages({ threadId })).data;
  await Promise.all([
    queryClient.prefetchInfiniteQuery(listAssistantsOptions(client, { query: { limit: 5 } })),
    queryClient.prefetchInfiniteQuery(
      listFilesOptions(client, { query: { purpose: 'assistants' } }),
    ),
    queryClient.prefetchInfiniteQuery(listMessagesOptions(client, { threadId })),
    queryClient.prefetchInfiniteQuery(
      listRunsOptions(client, { threadId, query: { order: 'asc' } }),
    ),
    queryClient.prefetchInfiniteQuery(listRunStepsOptions(client, { threadId, runId })),
    queryClient.prefetchQuery(getAssistantOptions(client, { assistantId })),
    queryClient.prefetchQuery(getThreadOptions(client, { threadId })),
    queryClient.prefetchQuery(
      getMessageOptions(client, { threadId, messageId: message?.id ?? '' }),
    ),
    queryClient.prefetchQuery(getRunOptions(client, { threadId, runId })),
    queryClient.prefetchQuery(
      getRunStepOptions(client, { threadId, runId, stepId: step?.id ?? '' }),
    ),
    queryClient.prefetchQuery(newestRunOptions(client, { threadId })),
  ]);
  const conversation = createConversation(client, queryClient, threadId);
  conversation.retain();
  conversation.configure({ assistantId });
  await conversation.send('Hello');
  await vi.waitFor(() =>
    expect(conversation.getState().followed?.getState().phase).toBe('settled'),
  );
  await queryClient
    .getMutationCache()
    .build(queryClient, createMessageOptions(client))
    .execute({ threadId, body: { role: 'user', content: 'More' } });
  return { client, queryClient, threadId };
}

it('keeps nothing in keys and data that a devtool could not show, or a server not send', async () => {
  const { queryClient } = await fullCache();
  const queries = queryClient.getQueryCache().getAll();
  expect(queries.length).toBeGreaterThan(11);

  for (const { queryKey, state, meta } of queries) {
    expect({
      queryKey,
      status: state.status,
      unplain: unplain({ queryKey, data: state.data, meta }),
    }).toEqual({ queryKey, status: 'success', unplain: [] });
  }
  for (const { options } of queryClient.getMutationCache().getAll())
    expect(unplain(options.mutationKey)).toEqual([]);
});

it('finds in another cache, by the keys of another client, what was sent as JSON', async () => {
  const { client, queryClient, threadId } = await fullCache();
  const sent = JSON.parse(JSON.stringify(dehydrate(queryClient))) as DehydratedState;

  const received = new QueryClient();
  hydrate(received, sent);

  const { queryKey } = listMessagesOptions(client, { threadId });
  expect(received.getQueryData(queryKey)).toEqual(queryClient.getQueryData(queryKey));
  const names = (of: QueryClient): QueryKey[] =>
    of
      .getQueryCache()
      .getAll()
      .map((query) => query.queryKey);
  expect(names(received)).toEqual(names(queryClient));
});
