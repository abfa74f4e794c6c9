import { isSettled } from '../../protocol/runStatus.js';
import type { Message, Run } from '../../protocol/types.js';

/** Returns true if a run has ended without being completed: failed, cancelled, expired or incomplete. */
export function isFailedRun(run: Pick<Run, 'status'> | undefined): boolean {
  return run !== undefined && isSettled(run.status) && run.status !== 'completed';
}

/**
 * Returns true if messages were added to the thread after a run had ended. A run locks its thread, so that a newer message of
 * another origin was added after its end.
 *
 * @param newest The newest message of the thread.
 */
export function isSuperseded(run: Run, newest: Message | undefined): boolean {
  return newest !== undefined && newest.run_id !== run.id && newest.created_at > run.created_at;
}
