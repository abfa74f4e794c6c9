import {
  useQueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams } from '../../client/operations.js';
import type { Run } from '../../protocol/types.js';
import * as keys from '../../queries/keys.js';
import { seedFromLists } from '../../queries/cache/lists.js';
import {
  cancelRunOptions,
  createRunOptions,
  createThreadAndRunOptions,
  getRunOptions,
  listRunsOptions,
  modifyRunOptions,
  submitToolOutputsToRunOptions,
} from '../../queries/runs.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type OperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type OperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type OperationMutationOptions } from './useOperationMutation.js';

/** listRuns: newest first. Fetching again asks for the newest page only. */
export function useThreadRuns<Selected = Run[]>(
  params: MaybeOperationParams<'listRuns'>,
  options: OperationInfiniteQueryOptions<Run, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useThreadRuns'),
    listRunsOptions,
    params,
    options,
  );
}

/**
 * getRun, polled until the run settles, as one for however many components; shown from a list that holds it until it is
 * there. See `getRunOptions` for what else ends the polling.
 */
export function useRun<Selected = Run>(
  params: MaybeOperationParams<'getRun'>,
  options: OperationQueryOptions<Run, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useRun');
  const listsKey = keys.runLists(client.scope, params.threadId ?? '');
  const seed = seedFromLists<Run>(useQueryClient(), listsKey, params.runId);
  return useOperationQuery(client, getRunOptions, params, { ...seed, ...options });
}

/** createRun without a stream: into detail and lists. */
export function useCreateRun(
  options: OperationMutationOptions<Run, OperationParams<'createRun'>> = {},
): UseMutationResult<Run, AssistantsError, OperationParams<'createRun'>> {
  return useOperationMutation(createRunOptions(useAssistantsClient('useCreateRun')), options);
}

/** createThreadAndRun without a stream: seeds the thread and the run. */
export function useCreateThreadAndRun(
  options: OperationMutationOptions<Run, OperationParams<'createThreadAndRun'>> = {},
): UseMutationResult<Run, AssistantsError, OperationParams<'createThreadAndRun'>> {
  return useOperationMutation(
    createThreadAndRunOptions(useAssistantsClient('useCreateThreadAndRun')),
    options,
  );
}

/** modifyRun: into detail and lists. */
export function useModifyRun(
  options: OperationMutationOptions<Run, OperationParams<'modifyRun'>> = {},
): UseMutationResult<Run, AssistantsError, OperationParams<'modifyRun'>> {
  return useOperationMutation(modifyRunOptions(useAssistantsClient('useModifyRun')), options);
}

/** submitToolOutputsToRun without a stream: the run goes on, and so does its polling. */
export function useSubmitToolOutputs(
  options: OperationMutationOptions<Run, OperationParams<'submitToolOutputsToRun'>> = {},
): UseMutationResult<Run, AssistantsError, OperationParams<'submitToolOutputsToRun'>> {
  return useOperationMutation(
    submitToolOutputsToRunOptions(useAssistantsClient('useSubmitToolOutputs')),
    options,
  );
}

/** cancelRun: `cancelling` is shown at once, and polling goes on to the end of the run. */
export function useCancelRun(
  options: OperationMutationOptions<
    Run,
    OperationParams<'cancelRun'>,
    { before: Run | undefined }
  > = {},
): UseMutationResult<
  Run,
  AssistantsError,
  OperationParams<'cancelRun'>,
  { before: Run | undefined }
> {
  return useOperationMutation(cancelRunOptions(useAssistantsClient('useCancelRun')), options);
}
