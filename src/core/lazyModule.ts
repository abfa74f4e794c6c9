import { AssistantsError, toAssistantsError } from '../client/AssistantsError.js';
import { createStore } from '../common/createStore.js';

/** State of a lazily loaded module. Both members are undefined before and during the first load. */
export interface LazyModuleState<Value> {
  value: Value | undefined;
  /** Reason why the last attempt failed. Kind 'network'. */
  error: AssistantsError | undefined;
}

/** A module that is loaded once, when it is first needed, and shared by all its users. */
export interface LazyModule<Value> {
  getState: () => LazyModuleState<Value>;
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
 * @param name Noun phrase for the error message, such as "the message editor".
 */
export function lazyModule<Value>(
  name: string,
  importValue: () => Promise<Value>,
  { retryDelayMs = RETRY_DELAY_MS }: LazyModuleOptions = {},
): LazyModule<Value> {
  const { getState, setState, subscribe } = createStore<LazyModuleState<Value>>({
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

  async function attempt(): Promise<LazyModuleState<Value>> {
    try {
      return { value: await importModule(name, importValue, 'Retrying.'), error: undefined };
    } catch (error) {
      setTimeout(retry, retryDelayMs);
      return { value: undefined, error: toAssistantsError(error) };
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

/**
 * Imports a module for an action of the user, who can repeat the action when the import fails.
 *
 * @param name Noun phrase for the error message, such as "the message editor".
 * @param advice Last sentence of the error message.
 * @throws AssistantsError of kind 'network'
 */
export async function importModule<Value>(
  name: string,
  importValue: () => Promise<Value>,
  advice = 'Try again.',
): Promise<Value> {
  try {
    return await importValue();
  } catch (cause) {
    throw new AssistantsError('network', `Could not load ${name}. ${advice}`, {
      cause,
      retryable: true,
    });
  }
}
