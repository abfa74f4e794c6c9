import {
  useQueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams, OperationResult } from '../../client/operations.js';
import type { Thread } from '../../protocol/types.js';
import {
  createThreadOptions,
  deleteThreadOptions,
  getThreadOptions,
  listThreadsOptions,
  modifyThreadOptions,
} from '../../queries/threads.js';
import * as keys from '../../queries/keys.js';
import { seedFromLists } from '../../queries/cache/lists.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type UseOperationMutationOptions } from './useOperationMutation.js';

/**
 * Lists the threads of the server as the API returns them, newest first unless `query.order` is 'asc'. `fetchNextPage` loads the
 * next page. An extension of the API: on servers without it, `error` has the kind 'unsupported'. For a menu of chats, use
 * `useThreads`: it works with all servers, and knows titles. Source: listThreads.
 */
export function useThreadList<Selected = Thread[]>(
  params: MaybeOperationParams<'listThreads'> = {},
  options: UseOperationInfiniteQueryOptions<Thread, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useThreadList'),
    listThreadsOptions,
    params,
    options,
  );
}

/** Reads a thread. Starts with the item of a cached list, if one has it. Source: getThread. */
export function useThread<Selected = Thread>(
  params: MaybeOperationParams<'getThread'>,
  options: UseOperationQueryOptions<Thread, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useThread');
  const seed = seedFromLists<Thread>(
    useQueryClient(),
    keys.threadLists(client.scope),
    params.threadId,
  );
  return useOperationQuery(client, getThreadOptions, params, { ...seed, ...options });
}

/** Creates a thread. Writes it into the cache of `useThread` and at its place in the lists. Source: createThread. */
export function useCreateThread(
  options: UseOperationMutationOptions<Thread, OperationParams<'createThread'>> = {},
): UseMutationResult<Thread, AssistantsError, OperationParams<'createThread'>> {
  return useOperationMutation(createThreadOptions(useAssistantsClient('useCreateThread')), options);
}

/** Modifies a thread. Writes it into the cache of `useThread` and the lists. Source: modifyThread. */
export function useModifyThread(
  options: UseOperationMutationOptions<Thread, OperationParams<'modifyThread'>> = {},
): UseMutationResult<Thread, AssistantsError, OperationParams<'modifyThread'>> {
  return useOperationMutation(modifyThreadOptions(useAssistantsClient('useModifyThread')), options);
}

/**
 * Deletes a thread. Cancels and removes all its queries, including messages, runs and run steps, and its entry in the
 * lists. Source: deleteThread.
 */
export function useDeleteThread(
  options: UseOperationMutationOptions<
    OperationResult<'deleteThread'>,
    OperationParams<'deleteThread'>
  > = {},
): UseMutationResult<
  OperationResult<'deleteThread'>,
  AssistantsError,
  OperationParams<'deleteThread'>
> {
  return useOperationMutation(deleteThreadOptions(useAssistantsClient('useDeleteThread')), options);
}
