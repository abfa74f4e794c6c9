import { useQueryClient, type UseInfiniteQueryResult, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { AssistantsError } from '../client/errors.js';
import type { Params } from '../client/operations.js';
import type { Run } from '../protocol/types.js';
import * as keys from '../queries/keys.js';
import { seededFrom } from '../queries/lists.js';
import {
  cancelRunOptions,
  createRunOptions,
  createThreadAndRunOptions,
  getRunOptions,
  listRunsOptions,
  modifyRunOptions,
  submitToolOutputsToRunOptions,
} from '../queries/runs.js';
import type { MaybeParams } from './params.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useList, type ListHookOptions } from './useList.js';
import { useRead, type ReadHookOptions } from './useRead.js';
import { useWrite, type WriteHookOptions } from './useWrite.js';

/** listRuns: newest first. Fetching again asks for the newest page only. */
export function useThreadRuns<Selected = Run[]>(
  params: MaybeParams<'listRuns'>,
  options: ListHookOptions<Run, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useList(useAssistantsClient('useThreadRuns'), listRunsOptions, params, options);
}

/**
 * getRun, polled until the run settles, as one for however many components; shown from a list that holds it until it is
 * there. See `getRunOptions` for what else ends the polling.
 */
export function useRun<Selected = Run>(
  params: MaybeParams<'getRun'>,
  options: ReadHookOptions<Run, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useRun');
  const listsKey = keys.runLists(client.scope, params.threadId ?? '');
  const seed = seededFrom<Run>(useQueryClient(), listsKey, params.runId);
  return useRead(client, getRunOptions, params, { ...seed, ...options });
}

/** createRun without a stream: into detail and lists. */
export function useCreateRun(
  options: WriteHookOptions<Run, Params<'createRun'>> = {},
): UseMutationResult<Run, AssistantsError, Params<'createRun'>> {
  return useWrite(createRunOptions(useAssistantsClient('useCreateRun')), options);
}

/** createThreadAndRun without a stream: seeds the thread and the run. */
export function useCreateThreadAndRun(
  options: WriteHookOptions<Run, Params<'createThreadAndRun'>> = {},
): UseMutationResult<Run, AssistantsError, Params<'createThreadAndRun'>> {
  return useWrite(createThreadAndRunOptions(useAssistantsClient('useCreateThreadAndRun')), options);
}

/** modifyRun: into detail and lists. */
export function useModifyRun(
  options: WriteHookOptions<Run, Params<'modifyRun'>> = {},
): UseMutationResult<Run, AssistantsError, Params<'modifyRun'>> {
  return useWrite(modifyRunOptions(useAssistantsClient('useModifyRun')), options);
}

/** submitToolOuputsToRun (spelled so on the wire) without a stream: the run goes on, and so does its polling. */
export function useSubmitToolOutputs(
  options: WriteHookOptions<Run, Params<'submitToolOuputsToRun'>> = {},
): UseMutationResult<Run, AssistantsError, Params<'submitToolOuputsToRun'>> {
  return useWrite(submitToolOutputsToRunOptions(useAssistantsClient('useSubmitToolOutputs')), options);
}

/** cancelRun: `cancelling` is shown at once, and polling goes on to the end of the run. */
export function useCancelRun(
  options: WriteHookOptions<Run, Params<'cancelRun'>, { before: Run | undefined }> = {},
): UseMutationResult<Run, AssistantsError, Params<'cancelRun'>, { before: Run | undefined }> {
  return useWrite(cancelRunOptions(useAssistantsClient('useCancelRun')), options);
}
