import { reduceToolCalls } from './reduceToolCalls.js';
import type { ToolCallsSnapshot } from './ToolCallsEngine.js';
import type { ToolCallsEvent } from './ToolCallsEvent.js';
import { noTrackedCalls, toSnapshot, type TrackedCall, type TrackedCalls } from './TrackedCalls.js';

/** Holds the state of the function calls of a run. */
export interface CallsStore {
  getState: () => TrackedCalls;
  getCall: (id: string) => TrackedCall | undefined;
  getSnapshot: () => ToolCallsSnapshot;
  /** Calls the listener after every change, except for drafts: the component that changes a draft renders it already. */
  subscribe: (listener: () => void) => () => void;
  dispatch: (event: ToolCallsEvent) => void;
}

/**
 * Creates the store of a run without calls.
 *
 * @param onTransition Performs the effects of an event that has changed the state. Called before the listeners. May dispatch.
 */
export function createCallsStore(
  onTransition: (event: ToolCallsEvent, before: TrackedCalls, after: TrackedCalls) => void,
): CallsStore {
  const listeners = new Set<() => void>();
  let state = noTrackedCalls;
  let snapshot = toSnapshot(state);
  return {
    getState: () => state,
    getCall: (id) => state.calls.get(id),
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    dispatch(event) {
      const before = state;
      const after = reduceToolCalls(before, event);
      if (after === before) return;
      state = after;
      snapshot = toSnapshot(after);
      onTransition(event, before, after);
      if (event.type === 'draftChanged' || event.type === 'denialDraftChanged') return;
      for (const listener of listeners) listener();
    },
  };
}
