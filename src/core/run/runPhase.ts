import { isSettled } from '../../protocol/runStatus.js';
import type { FollowedRunState } from './FollowedRun.js';

/** Returns true if a run is still being followed. */
export function isFollowing({ phase }: Pick<FollowedRunState, 'phase'>): boolean {
  return phase !== 'settled' && phase !== 'failed' && phase !== 'detached';
}

/** Returns true if a run is known, has not settled, and is still being followed. */
export function isRunning(state: FollowedRunState): boolean {
  return state.run !== undefined && !isSettled(state.run.status) && isFollowing(state);
}

/**
 * Returns true if the last request or stream of a run has failed, and the server has not responded since. A run that waits for
 * tool outputs needs no connection to be answered.
 */
export function isDisconnected(state: FollowedRunState): boolean {
  return isFollowing(state) && state.phase !== 'waiting' && state.error?.retryable === true;
}
