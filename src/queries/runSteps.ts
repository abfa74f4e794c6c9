import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams } from '../client/operations.js';
import { mergeStep } from '../protocol/mergeStep.js';
import type { RunStep } from '../protocol/types.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import { createQueryOptions, type OperationQueryOptions } from './createQueryOptions.js';

/**
 * Options for listing the steps of a run, newest first unless `query.order` is 'asc'. Refetching requests the newest
 * page only and keeps the older cached steps. Source: listRunSteps.
 */
export function listRunStepsOptions(
  client: AssistantsClient,
  { threadId, runId, query }: OperationParams<'listRunSteps'>,
): OperationInfiniteQueryOptions<RunStep> {
  return createInfiniteQueryOptions('listRunSteps', {
    queryKey: keys.runStepList(client.scope, threadId, runId, query),
    query,
    fetchPage: (page, signal) => client.listRunSteps({ threadId, runId, ...page }, { signal }),
    merge: mergeStep,
    keepsHistory: true,
  });
}

/** Options for reading a run step. Source: getRunStep. */
export function getRunStepOptions(
  client: AssistantsClient,
  { threadId, runId, stepId, query }: OperationParams<'getRunStep'>,
): OperationQueryOptions<RunStep> {
  return createQueryOptions(
    'getRunStep',
    keys.runStep(client.scope, threadId, runId, stepId, query),
    ({ signal }) =>
      client.getRunStep({ threadId, runId, stepId, ...(query && { query }) }, { signal }),
    mergeStep,
  );
}
