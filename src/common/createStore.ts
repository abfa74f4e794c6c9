/** A value that changes over time, in the shape that `useSyncExternalStore` takes. */
export interface Store<State> {
  getState: () => State;
  /** Replaces the state, or derives it from the current one. Listeners are called unless both are the same by `Object.is`. */
  setState: (next: State | ((current: State) => State)) => void;
  /** Calls the listener synchronously after every change. Returns a function that unsubscribes. */
  subscribe: (listener: () => void) => () => void;
}

/** Creates a store. Its state must not be a function, because `setState` would call it. */
export function createStore<State>(initial: State): Store<State> {
  const listeners = new Set<() => void>();
  let state = initial;
  return {
    getState: () => state,
    setState(next) {
      const previous = state;
      // A function is an updater: the state itself is never one.
      state = typeof next === 'function' ? (next as (current: State) => State)(state) : next;
      if (Object.is(previous, state)) return;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
