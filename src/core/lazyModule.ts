import { AssistantsError, toAssistantsError } from '../client/errors.js';

/** What is fetched when it is first wanted: neither value nor error while nobody wants it, and while it is on its way. */
export interface LazyModuleState<Value> {
  value: Value | undefined;
  /** Why it could not be fetched. Kind 'network'. */
  error: AssistantsError | undefined;
}

/** Something that a page can do without until it is wanted, and that all who want it share. */
export interface LazyModule<Value> {
  getState: () => LazyModuleState<Value>;
  subscribe: (listener: () => void) => () => void;
  /** Fetches it, where that is not done or under way. Never rejects. */
  fetch: () => Promise<void>;
}

const RETRY_MS = 3_000;

/**
 * Code that is fetched when it is first wanted, and again every three seconds while it could not be and somebody waits.
 *
 * @param name What it is, for the error.
 */
export function lazyModule<Value>(name: string, load: () => Promise<Value>): LazyModule<Value> {
  const listeners = new Set<() => void>();
  let state: LazyModuleState<Value> = { value: undefined, error: undefined };
  let isLoading = false;
  const fetch = async (): Promise<void> => {
    if (state.value !== undefined || isLoading) return;
    isLoading = true;
    try {
      state = { value: await importModule(name, load, 'It is tried again.'), error: undefined };
    } catch (error) {
      state = { value: undefined, error: toAssistantsError(error) };
      setTimeout(() => listeners.size > 0 && void fetch(), RETRY_MS);
    }
    isLoading = false;
    for (const listener of listeners) listener();
  };
  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fetch,
  };
}

/**
 * Code for an act of a person, who can try again where it could not be fetched.
 *
 * @param name What it is, for the error.
 * @throws AssistantsError of kind 'network'
 */
export async function importModule<Value>(
  name: string,
  load: () => Promise<Value>,
  advice = 'Try again.',
): Promise<Value> {
  try {
    return await load();
  } catch (cause) {
    throw new AssistantsError('network', `${name} could not be fetched. ${advice}`, {
      cause,
      retryable: true,
    });
  }
}
