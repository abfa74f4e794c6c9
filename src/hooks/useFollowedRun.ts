import { useSyncExternalStore } from 'react';
import { emptyRunState } from '../core/run/reduceRun.js';
import { noopSubscribe } from '../common/noopSubscribe.js';
import type { FollowedRun, FollowedRunState } from '../core/run/followRun.js';

const NOTHING: FollowedRunState = { ...emptyRunState, phase: 'detached', error: undefined };

/**
 * The state of a followed run, at most once a frame. Give a selector to render only when what it selects changes; what it
 * returns is compared by identity.
 */
export function useFollowedRun(followed: FollowedRun | undefined): FollowedRunState;
export function useFollowedRun<T>(
  followed: FollowedRun | undefined,
  select: (state: FollowedRunState) => T,
): T;
export function useFollowedRun(
  followed: FollowedRun | undefined,
  select: (state: FollowedRunState) => unknown = (state) => state,
): unknown {
  const snapshot = () => select(followed ? followed.getState() : NOTHING);
  return useSyncExternalStore(followed?.subscribe ?? noopSubscribe, snapshot, snapshot);
}
