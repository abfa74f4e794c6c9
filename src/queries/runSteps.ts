import type { AssistantsClient } from '../client/client.js';
import type { Params } from '../client/operations.js';
import { mergeStep } from '../protocol/mergeStep.js';
import type { RunStep } from '../protocol/types.js';
import * as keys from './keys.js';
import { listOptions, type ListOptions } from './listOptions.js';
import { readOptions, type ReadOptions } from './readOptions.js';

/**
 * listRunSteps: in the order of the wire, newest first unless the query says otherwise. Fetching it again asks for the newest
 * page only, and keeps what is cached behind it.
 */
export function listRunStepsOptions(
  client: AssistantsClient,
  { threadId, runId, query }: Params<'listRunSteps'>,
): ListOptions<RunStep> {
  return listOptions('listRunSteps', {
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
  { threadId, runId, stepId, query }: Params<'getRunStep'>,
): ReadOptions<RunStep> {
  return readOptions(
    'getRunStep',
    keys.runStep(client.scope, threadId, runId, stepId, query),
    ({ signal }) => client.getRunStep({ threadId, runId, stepId, ...(query && { query }) }, { signal }),
    mergeStep,
  );
}
