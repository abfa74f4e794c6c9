import {
  dehydrate,
  hydrate,
  QueryClient,
  type DehydratedState,
  type QueryKey,
} from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
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

/** Returns the paths in a value that JSON does not restore: functions, instances of classes, dates. */
function findNonJson(value: unknown, path = ''): string[] {
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
  return Object.entries(value).flatMap(([name, inner]) => findNonJson(inner, `${path}/${name}`));
}

/** Creates a cache that has been used by every kind of query, a conversation and a mutation. */
async function createFullCache() {
  const { client, queryClient, ...harness } = createTestHarness();
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread(2);
  const runId = await harness.createSettledRun(threadId);
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

describe('the cache', () => {
  it('has only JSON in keys and data, for devtools and server rendering', async () => {
    const { queryClient } = await createFullCache();
    const queries = queryClient.getQueryCache().getAll();
    expect(queries.length).toBeGreaterThan(11);

    for (const { queryKey, state, meta } of queries) {
      expect({
        queryKey,
        status: state.status,
        nonJson: findNonJson({ queryKey, data: state.data, meta }),
      }).toEqual({ queryKey, status: 'success', nonJson: [] });
    }
    for (const { options } of queryClient.getMutationCache().getAll())
      expect(findNonJson(options.mutationKey)).toEqual([]);
  });

  it('is restored from JSON into another cache', async () => {
    const { client, queryClient, threadId } = await createFullCache();
    const dehydrated = JSON.parse(JSON.stringify(dehydrate(queryClient))) as DehydratedState;

    const restored = new QueryClient();
    hydrate(restored, dehydrated);

    const { queryKey } = listMessagesOptions(client, { threadId });
    expect(restored.getQueryData(queryKey)).toEqual(queryClient.getQueryData(queryKey));
    const getKeys = (source: QueryClient): QueryKey[] =>
      source
        .getQueryCache()
        .getAll()
        .map((query) => query.queryKey);
    expect(getKeys(restored)).toEqual(getKeys(queryClient));
  });
});
