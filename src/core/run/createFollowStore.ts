import type { FollowedRunState, RunSink } from './FollowedRun.js';
import { createFrameScheduler } from './createFrameScheduler.js';
import { emitSnapshots } from './emitSnapshots.js';
import { reduceFollow, type FollowEvent, type FollowState } from './reduceFollow.js';

export interface FollowStore {
  getState: () => FollowState;
  dispatch: (event: FollowEvent) => void;
  /** Calls the listener after changes, at most once per frame. Returns a function that unsubscribes. */
  subscribe: (listener: () => void) => () => void;
  /** Removes the store's own event listeners from the page. */
  dispose: () => void;
}

/**
 * Creates the store of a followed run. The sink receives each change immediately, the listeners once per frame, and
 * immediately when the phase changes.
 *
 * @param onStopDue Called when the run becomes known after `stop` was called.
 */
export function createFollowStore(
  initial: FollowState,
  sink: RunSink,
  onStopDue: () => void,
): FollowStore {
  const frames = createFrameScheduler();
  let state = initial;
  return {
    getState: () => state,
    dispatch(event) {
      const { followed: before } = state;
      state = reduceFollow(state, event);
      const { followed, isStopRequested } = state;
      if (followed === before) return;
      emitToSink(sink, before, followed);
      frames.request();
      if (followed.phase !== before.phase) frames.flush();
      if (isStopRequested && followed.run !== undefined) onStopDue();
    },
    subscribe: frames.subscribe,
    dispose: frames.stop,
  };
}

/** Emits messages and steps before the run, so that a listener that sees the settled run finds what it wrote. */
function emitToSink(sink: RunSink, before: FollowedRunState, after: FollowedRunState): void {
  if (after.thread && after.thread !== before.thread) sink.thread?.(after.thread);
  emitSnapshots(before.messages, after.messages, sink.message);
  emitSnapshots(before.steps, after.steps, sink.step);
  if (after.run && after.run !== before.run) sink.run?.(after.run);
}
