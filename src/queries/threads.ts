import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { Thread } from '../protocol/types.js';
import { writeThread } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import { removeFromLists, removeSubtree } from './cache/lists.js';
import { createQueryOptions, type OperationQueryOptions } from './createQueryOptions.js';
import { createMutationOptions, type OperationMutationOptions } from './createMutationOptions.js';

/**
 * Options for listing threads, newest first unless `query.order` is 'asc'. An extension of the API, which not every server
 * has. Source: listThreads.
 */
export function listThreadsOptions(
  client: AssistantsClient,
  { query }: OperationParams<'listThreads'> = {},
): OperationInfiniteQueryOptions<Thread> {
  return createInfiniteQueryOptions('listThreads', {
    queryKey: keys.threadList(client.scope, query),
    query,
    fetchPage: (page, signal) => client.listThreads(page, { signal }),
  });
}

/** Options for reading a thread. Source: getThread. */
export function getThreadOptions(
  client: AssistantsClient,
  { threadId }: OperationParams<'getThread'>,
): OperationQueryOptions<Thread> {
  return createQueryOptions('getThread', keys.threadDetail(client.scope, threadId), ({ signal }) =>
    client.getThread({ threadId }, { signal }),
  );
}

/** Options for creating a thread. Writes the thread into its detail query and at its place in the lists. Source: createThread. */
export function createThreadOptions(
  client: AssistantsClient,
): OperationMutationOptions<Thread, OperationParams<'createThread'>> {
  return createMutationOptions(client, 'createThread', {
    onSuccess: (thread, _params, _onMutateResult, context) =>
      writeThread(context.client, client.scope, thread),
  });
}

/** Options for modifying a thread. Writes the thread into its detail query and the lists. Source: modifyThread. */
export function modifyThreadOptions(
  client: AssistantsClient,
): OperationMutationOptions<Thread, OperationParams<'modifyThread'>> {
  return createMutationOptions(client, 'modifyThread', {
    onSuccess: (thread, _params, _onMutateResult, context) =>
      writeThread(context.client, client.scope, thread),
  });
}

/**
 * Options for deleting a thread. Cancels and removes all queries of the thread, including its messages, runs and run
 * steps, and its entry in the lists. Source: deleteThread.
 */
export function deleteThreadOptions(
  client: AssistantsClient,
): OperationMutationOptions<OperationResult<'deleteThread'>, OperationParams<'deleteThread'>> {
  return createMutationOptions(client, 'deleteThread', {
    onSuccess(_deleted, { threadId }, _onMutateResult, { client: queryClient }) {
      removeSubtree(queryClient, keys.thread(client.scope, threadId));
      removeFromLists(queryClient, keys.threadLists(client.scope), threadId);
    },
  });
}
