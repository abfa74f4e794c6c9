import { isSettled } from '../../protocol/runStatus.js';
import type { Message, Run } from '../../protocol/types.js';

/** Whether a run has ended in any way but its own. */
export function isFailedRun(run: Pick<Run, 'status'> | undefined): boolean {
  return run !== undefined && isSettled(run.status) && run.status !== 'completed';
}

/**
 * Whether a thread has gone on since a run ended, by its newest message. A run locks its thread: what is younger and not its
 * own came behind it.
 */
export function isSuperseded(run: Run, newest: Message | undefined): boolean {
  return newest !== undefined && newest.run_id !== run.id && newest.created_at > run.created_at;
}
