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
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type UseOperationMutationOptions } from './useOperationMutation.js';

/**
 * Lists the runs of a thread, newest first unless `query.order` is 'asc'. Refetching requests the newest page only and
 * keeps the older cached runs. When a refetch shows that a run has settled, the messages of the thread are synced.
 * Source: listRuns.
 */
export function useThreadRuns<Selected = Run[]>(
  params: MaybeOperationParams<'listRuns'>,
  options: UseOperationInfiniteQueryOptions<Run, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useThreadRuns'),
    listRunsOptions,
    params,
    options,
  );
}

/**
 * Reads a run and polls it until it settles. Then the cached messages of its thread are synced with one request, and its
 * step lists are refetched. Several components that use the same run share its requests. Starts with the item of a
 * cached list, if one has it. Polling also stops at an error that another request would not change, such
 * as 401 or 404, and 30 s after the run should have expired. Source: getRun.
 *
 * @example
 * ```tsx
 * import { useRun } from 'assistants-react';
 *
 * function RunState({ threadId, runId }: { threadId: string; runId: string | null }) {
 *   // Requests nothing while `runId` is null.
 *   const { data: run, error } = useRun({ threadId, runId });
 *   if (error) return <p role="alert">{error.message}</p>;
 *   return <p>{run?.status ?? 'No run'}</p>;
 * }
 * ```
 */
export function useRun<Selected = Run>(
  params: MaybeOperationParams<'getRun'>,
  options: UseOperationQueryOptions<Run, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useRun');
  const listsKey = keys.runLists(client.scope, params.threadId ?? '');
  const seed = seedFromLists<Run>(useQueryClient(), listsKey, params.runId);
  return useOperationQuery(client, getRunOptions, params, { ...seed, ...options });
}

/**
 * Creates a run without streaming. Writes it into the cache of `useRun` and the lists, and syncs the messages of the
 * thread if the request adds some. The run is not polled: use `useRun` with its id. Source: createRun.
 *
 * @example
 * ```tsx
 * import { useCreateRun, useRun } from 'assistants-react';
 *
 * function Answer({ threadId, assistantId }: { threadId: string; assistantId: string }) {
 *   const { mutate, data, isPending } = useCreateRun();
 *   const { data: run } = useRun({ threadId, runId: data?.id });
 *   const start = () => mutate({ threadId, body: { assistant_id: assistantId } });
 *   return (
 *     <button type="button" disabled={isPending} onClick={start}>
 *       {run?.status ?? 'Answer'}
 *     </button>
 *   );
 * }
 * ```
 */
export function useCreateRun(
  options: UseOperationMutationOptions<Run, OperationParams<'createRun'>> = {},
): UseMutationResult<Run, AssistantsError, OperationParams<'createRun'>> {
  return useOperationMutation(createRunOptions(useAssistantsClient('useCreateRun')), options);
}

/**
 * Creates a thread and a run without streaming. Writes both into the cache. Source: createThreadAndRun.
 */
export function useCreateThreadAndRun(
  options: UseOperationMutationOptions<Run, OperationParams<'createThreadAndRun'>> = {},
): UseMutationResult<Run, AssistantsError, OperationParams<'createThreadAndRun'>> {
  return useOperationMutation(
    createThreadAndRunOptions(useAssistantsClient('useCreateThreadAndRun')),
    options,
  );
}

/** Modifies the metadata of a run. Writes it into the cache of `useRun` and the lists. Source: modifyRun. */
export function useModifyRun(
  options: UseOperationMutationOptions<Run, OperationParams<'modifyRun'>> = {},
): UseMutationResult<Run, AssistantsError, OperationParams<'modifyRun'>> {
  return useOperationMutation(modifyRunOptions(useAssistantsClient('useModifyRun')), options);
}

/**
 * Submits the outputs of all pending tool calls of a run, without streaming. Writes the run into the cache of `useRun`,
 * which continues to poll, and into the lists. Source: submitToolOutputsToRun.
 *
 * @example
 * ```tsx
 * import { useRun, useSubmitToolOutputs } from 'assistants-react';
 *
 * function AnswerToolCalls({ threadId, runId }: { threadId: string; runId: string }) {
 *   const { data: run } = useRun({ threadId, runId });
 *   const { mutate, isPending } = useSubmitToolOutputs();
 *   const calls = run?.required_action?.submit_tool_outputs.tool_calls ?? [];
 *   const submit = () =>
 *     mutate({
 *       threadId,
 *       runId,
 *       body: { tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'done' })) },
 *     });
 *   return (
 *     <button type="button" disabled={isPending || calls.length === 0} onClick={submit}>
 *       Submit outputs
 *     </button>
 *   );
 * }
 * ```
 */
export function useSubmitToolOutputs(
  options: UseOperationMutationOptions<Run, OperationParams<'submitToolOutputsToRun'>> = {},
): UseMutationResult<Run, AssistantsError, OperationParams<'submitToolOutputsToRun'>> {
  return useOperationMutation(
    submitToolOutputsToRunOptions(useAssistantsClient('useSubmitToolOutputs')),
    options,
  );
}

/**
 * Cancels a run. Sets its status to `cancelling` optimistically, rolls back on an error, and polling continues until
 * the run settles. Source: cancelRun.
 */
export function useCancelRun(
  options: UseOperationMutationOptions<
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
