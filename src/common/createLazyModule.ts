import { createStore } from './createStore.js';

/** State of a lazily loaded module. Both members are undefined before and during the first load. */
export interface LazyModuleState<Value, Failure = unknown> {
  value: Value | undefined;
  /** Reason why the last attempt failed. */
  error: Failure | undefined;
}

/** A module that is loaded once, when it is first needed, and shared by all its users. */
export interface LazyModule<Value, Failure = unknown> {
  getState: () => LazyModuleState<Value, Failure>;
  subscribe: (listener: () => void) => () => void;
  /** Loads the module, unless it is loaded or loading. Never rejects: a failure becomes the `error` of the state. */
  load: () => Promise<void>;
}

export interface LazyModuleOptions {
  /** Delay before a failed load is retried, in milliseconds. @default 3000 */
  retryDelayMs?: number;
}

const RETRY_DELAY_MS = 3_000;

/**
 * Defines a module that is loaded with the first call of `load`. A failed load is retried for as long as there are
 * subscribers.
 *
 * @param toFailure Converts the reason of a failed import to the `error` of the state.
 */
export function createLazyModule<Value, Failure>(
  importValue: () => Promise<Value>,
  toFailure: (reason: unknown) => Failure,
  { retryDelayMs = RETRY_DELAY_MS }: LazyModuleOptions = {},
): LazyModule<Value, Failure> {
  const { getState, setState, subscribe } = createStore<LazyModuleState<Value, Failure>>({
    value: undefined,
    error: undefined,
  });
  let subscriberCount = 0;
  let isLoading = false;

  async function load(): Promise<void> {
    if (getState().value !== undefined || isLoading) return;
    isLoading = true;
    const next = await attempt();
    isLoading = false;
    setState(next);
  }

  async function attempt(): Promise<LazyModuleState<Value, Failure>> {
    try {
      return { value: await importValue(), error: undefined };
    } catch (error) {
      setTimeout(retry, retryDelayMs);
      return { value: undefined, error: toFailure(error) };
    }
  }

  function retry(): void {
    if (subscriberCount > 0) void load();
  }

  return {
    getState,
    subscribe(listener) {
      subscriberCount += 1;
      const unsubscribe = subscribe(listener);
      return () => {
        subscriberCount -= 1;
        unsubscribe();
      };
    },
    load,
  };
}
