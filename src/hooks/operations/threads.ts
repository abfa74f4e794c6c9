import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams, OperationResult } from '../../client/operations.js';
import type { Thread } from '../../protocol/types.js';
import {
  createThreadOptions,
  deleteThreadOptions,
  getThreadOptions,
  modifyThreadOptions,
} from '../../queries/threads.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type UseOperationMutationOptions } from './useOperationMutation.js';

/** Reads a thread. Source: getThread. */
export function useThread<Selected = Thread>(
  params: MaybeOperationParams<'getThread'>,
  options: UseOperationQueryOptions<Thread, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(useAssistantsClient('useThread'), getThreadOptions, params, options);
}

/** Creates a thread. Writes it into the cache of `useThread`. Source: createThread. */
export function useCreateThread(
  options: UseOperationMutationOptions<Thread, OperationParams<'createThread'>> = {},
): UseMutationResult<Thread, AssistantsError, OperationParams<'createThread'>> {
  return useOperationMutation(createThreadOptions(useAssistantsClient('useCreateThread')), options);
}

/** Modifies a thread. Writes it into the cache of `useThread`. Source: modifyThread. */
export function useModifyThread(
  options: UseOperationMutationOptions<Thread, OperationParams<'modifyThread'>> = {},
): UseMutationResult<Thread, AssistantsError, OperationParams<'modifyThread'>> {
  return useOperationMutation(modifyThreadOptions(useAssistantsClient('useModifyThread')), options);
}

/**
 * Deletes a thread. Cancels and removes all its queries, including messages, runs and run steps. Source: deleteThread.
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
