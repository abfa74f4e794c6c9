import { isSettled } from '../../protocol/runStatus.js';
import type { FollowedRunState } from './followRun.js';

/** Whether a run is still being followed: it has not settled, and nothing has kept it from being followed so far. */
export function isFollowing({ phase }: FollowedRunState): boolean {
  return phase !== 'settled' && phase !== 'failed' && phase !== 'detached';
}

/** Whether a run is known, has not ended, and is still being followed. */
export function isRunning(state: FollowedRunState): boolean {
  return state.run !== undefined && !isSettled(state.run.status) && isFollowing(state);
}
