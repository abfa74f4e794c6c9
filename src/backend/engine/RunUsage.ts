import type { Usage } from '../../protocol/types.js';

/** Tokens of a run that has ended. */
export interface RunUsage {
  /** Id of the user that owns the thread. Undefined if it has no owner. */
  userId: string | undefined;
  threadId: string;
  runId: string;
  assistantId: string;
  /** Model of the run. */
  model: string;
  usage: Usage;
}
