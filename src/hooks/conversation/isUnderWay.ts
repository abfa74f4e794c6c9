import type { FollowedRunState } from '../../stream/followRun.js';

/** Whether a run is still being followed: it has not settled, and nothing has kept it from being followed so far. */
export function isUnderWay({ phase }: FollowedRunState): boolean {
  return phase !== 'settled' && phase !== 'failed' && phase !== 'detached';
}
