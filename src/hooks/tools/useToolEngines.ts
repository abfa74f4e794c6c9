import { useEffect, useSyncExternalStore } from 'react';
import { AssistantsError } from '../../client/errors.js';
import type * as toolCallsOf from './toolCallsOf.js';

type Engines = typeof toolCallsOf;

interface Loaded {
  engines: Engines | undefined;
  error: AssistantsError | undefined;
}

const RETRY_MS = 3_000;
const listeners = new Set<() => void>();
let loaded: Loaded = { engines: undefined, error: undefined };
let isLoading = false;

/** What runs tools, once for the page; fetched when it is wanted first, and again while it could not be. */
export function useToolEngines(isWanted: boolean): Loaded {
  useEffect(() => {
    if (isWanted) void load();
  }, [isWanted]);
  return useSyncExternalStore(subscribe, read, read);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Loaded {
  return loaded;
}

async function load(): Promise<void> {
  if (loaded.engines || isLoading) return;
  isLoading = true;
  try {
    loaded = { engines: await import('./toolCallsOf.js'), error: undefined };
  } catch (cause) {
    const message = 'What runs tools could not be fetched. It is tried again.';
    loaded = { engines: undefined, error: new AssistantsError('network', message, { cause, retryable: true }) };
    if (listeners.size > 0) setTimeout(() => void load(), RETRY_MS);
  }
  isLoading = false;
  for (const listener of listeners) listener();
}
