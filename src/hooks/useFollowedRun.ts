import { useSyncExternalStore } from 'react';
import { noopSubscribe } from '../common/noopSubscribe.js';
import type { FollowedRun, FollowedRunState } from '../core/run/FollowedRun.js';
import { emptyRunState } from '../core/run/RunState.js';

const NO_RUN: FollowedRunState = { ...emptyRunState, phase: 'detached', error: undefined };

/**
 * Subscribes to the state of a followed run, at most once for each frame.
 *
 * @param followed Without one, the state has no run and the phase 'detached'.
 */
export function useFollowedRun(followed: FollowedRun | undefined): FollowedRunState;
/**
 * Subscribes to a part of the state of a followed run, at most once for each frame.
 *
 * @param followed Without one, the state has no run and the phase 'detached'.
 * @param select The component renders only when the selected value changes, compared by `Object.is`.
 */
export function useFollowedRun<T>(
  followed: FollowedRun | undefined,
  select: (state: FollowedRunState) => T,
): T;
export function useFollowedRun(
  followed: FollowedRun | undefined,
  select: (state: FollowedRunState) => unknown = (state) => state,
): unknown {
  const getSnapshot = () => select(followed ? followed.getState() : NO_RUN);
  return useSyncExternalStore(followed?.subscribe ?? noopSubscribe, getSnapshot, getSnapshot);
}
