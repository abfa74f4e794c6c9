import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AssistantsError } from '../../client/AssistantsError.js';
import { isActive } from '../../protocol/runStatus.js';
import type { RunStep } from '../../protocol/types.js';
import { getRunStepOptions, listRunStepsOptions } from '../../queries/runSteps.js';
import type { MaybeOperationParams } from './params.js';
import { useRun } from './runs.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';

/** Options of `useRunSteps`. */
export type UseRunStepsOptions<Selected> = UseOperationInfiniteQueryOptions<RunStep, Selected> & {
  /**
   * Polls the run like `useRun`, and refetches the steps with each poll of the active run. Without it, the steps are
   * refetched when another hook notices that the run has settled. @default false
   */
  refreshWhileActive?: boolean;
};

/**
 * Lists the steps of a run, newest first unless `query.order` is 'asc'. Steps of a run that this page follows
 * (`useConversation`, `followRun`) are updated by its stream; use `refreshWhileActive` for other runs. Refetched once
 * when a hook notices that the run has settled. Source: listRunSteps.
 */
export function useRunSteps<Selected = RunStep[]>(
  params: MaybeOperationParams<'listRunSteps'>,
  { refreshWhileActive = false, ...options }: UseRunStepsOptions<Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useRunSteps');
  const steps = useOperationInfiniteQuery(client, listRunStepsOptions, params, options);
  const { threadId, runId } = params;
  const run = useRun({ threadId, runId }, { enabled: refreshWhileActive });
  const { refetch } = steps;
  const { data: { status } = {}, dataUpdatedAt } = run;
  useEffect(() => {
    // When the run settles, its steps are refetched without this effect.
    if (refreshWhileActive && status !== undefined && isActive(status))
      void refetch({ cancelRefetch: false });
  }, [refreshWhileActive, status, dataUpdatedAt, refetch]);
  return steps;
}

/** Reads a run step. Source: getRunStep. */
export function useRunStep<Selected = RunStep>(
  params: MaybeOperationParams<'getRunStep'>,
  options: UseOperationQueryOptions<RunStep, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(useAssistantsClient('useRunStep'), getRunStepOptions, params, options);
}
