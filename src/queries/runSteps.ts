import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams } from '../client/operations.js';
import { mergeStep } from '../protocol/mergeStep.js';
import type { RunStep } from '../protocol/types.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryFactoryOptions,
} from './createInfiniteQueryOptions.js';
import { createQueryOptions, type OperationQueryFactoryOptions } from './createQueryOptions.js';

/**
 * listRunSteps: in the order of the wire, newest first unless the query says otherwise. Fetching it again asks for the newest
 * page only, and keeps what is cached behind it.
 */
export function listRunStepsOptions(
  client: AssistantsClient,
  { threadId, runId, query }: OperationParams<'listRunSteps'>,
): OperationInfiniteQueryFactoryOptions<RunStep> {
  return createInfiniteQueryOptions('listRunSteps', {
    queryKey: keys.runStepList(client.scope, threadId, runId, query),
    query,
    fetchPage: (page, signal) => client.listRunSteps({ threadId, runId, ...page }, { signal }),
    merge: mergeStep,
    keepsHistory: true,
  });
}

/** getRunStep. */
export function getRunStepOptions(
  client: AssistantsClient,
  { threadId, runId, stepId, query }: OperationParams<'getRunStep'>,
): OperationQueryFactoryOptions<RunStep> {
  return createQueryOptions(
    'getRunStep',
    keys.runStep(client.scope, threadId, runId, stepId, query),
    ({ signal }) =>
      client.getRunStep({ threadId, runId, stepId, ...(query && { query }) }, { signal }),
    mergeStep,
  );
}
