import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { AssistantsError } from '../../client/AssistantsError.js';
import { isActive } from '../../protocol/runStatus.js';
import type { RunStep } from '../../protocol/types.js';
import { getRunStepOptions, listRunStepsOptions } from '../../queries/runSteps.js';
import type { MaybeOperationParams } from './params.js';
import { useRun } from './runs.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type OperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type OperationQueryOptions } from './useOperationQuery.js';

/** What `useRunSteps` takes besides TanStack's options. */
export type RunStepsOptions<Selected> = OperationInfiniteQueryOptions<RunStep, Selected> & {
  /** Polls the run as `useRun` does, and asks for the steps with each answer until the run has settled. @default false */
  refreshWhileActive?: boolean;
};

/**
 * listRunSteps: in the order of the wire, newest first; a timeline asks for `query: { order: 'asc' }`. What a run writes
 * into the cache shows by itself; `refreshWhileActive` is for runs that nobody follows.
 */
export function useRunSteps<Selected = RunStep[]>(
  params: MaybeOperationParams<'listRunSteps'>,
  { refreshWhileActive = false, ...options }: RunStepsOptions<Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useRunSteps');
  const steps = useOperationInfiniteQuery(client, listRunStepsOptions, params, options);
  const { threadId, runId } = params;
  const run = useRun({ threadId, runId }, { enabled: refreshWhileActive });
  const { refetch } = steps;
  const { data: { status } = {}, dataUpdatedAt } = run;
  const wasActive = useRef(false);
  useEffect(() => {
    if (!refreshWhileActive || status === undefined) return;
    // Once more when the run has settled: its last steps came with that.
    if (isActive(status) || wasActive.current) void refetch({ cancelRefetch: false });
    wasActive.current = isActive(status);
  }, [refreshWhileActive, status, dataUpdatedAt, refetch]);
  return steps;
}

/** getRunStep. */
export function useRunStep<Selected = RunStep>(
  params: MaybeOperationParams<'getRunStep'>,
  options: OperationQueryOptions<RunStep, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(useAssistantsClient('useRunStep'), getRunStepOptions, params, options);
}
