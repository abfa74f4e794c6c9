import { isSettled } from '../../protocol/runStatus.js';
import type { FollowedRunState } from './FollowedRun.js';

/** Returns true if a run is still being followed. */
export function isFollowing({ phase }: FollowedRunState): boolean {
  return phase !== 'settled' && phase !== 'failed' && phase !== 'detached';
}

/** Returns true if a run is known, has not settled, and is still being followed. */
export function isRunning(state: FollowedRunState): boolean {
  return state.run !== undefined && !isSettled(state.run.status) && isFollowing(state);
}
