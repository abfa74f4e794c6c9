import type { OperationParams } from '../../client/operations.js';
import type { Run } from '../../protocol/types.js';

/** Ids that identify a run in requests. */
export type RunIds = OperationParams<'getRun'>;

/** Returns the ids that identify a run in requests. */
export function getRunIds({ thread_id: threadId, id: runId }: Run): RunIds {
  return { threadId, runId };
}
