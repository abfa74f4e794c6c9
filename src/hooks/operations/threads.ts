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
import { useOperationQuery, type OperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type OperationMutationOptions } from './useOperationMutation.js';

/** getThread. */
export function useThread<Selected = Thread>(
  params: MaybeOperationParams<'getThread'>,
  options: OperationQueryOptions<Thread, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(useAssistantsClient('useThread'), getThreadOptions, params, options);
}

/** createThread: into its detail. */
export function useCreateThread(
  options: OperationMutationOptions<Thread, OperationParams<'createThread'>> = {},
): UseMutationResult<Thread, AssistantsError, OperationParams<'createThread'>> {
  return useOperationMutation(createThreadOptions(useAssistantsClient('useCreateThread')), options);
}

/** modifyThread: into its detail. */
export function useModifyThread(
  options: OperationMutationOptions<Thread, OperationParams<'modifyThread'>> = {},
): UseMutationResult<Thread, AssistantsError, OperationParams<'modifyThread'>> {
  return useOperationMutation(modifyThreadOptions(useAssistantsClient('useModifyThread')), options);
}

/** deleteThread: everything of the thread is cancelled and forgotten. */
export function useDeleteThread(
  options: OperationMutationOptions<
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
