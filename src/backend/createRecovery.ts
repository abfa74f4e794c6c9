import { finishRemovals } from './domain/removeThread.js';
import type { Engine } from './engine/Engine.js';
import type { Store } from './stores/Store.js';

/** Recovery of a store that a previous process has used. */
export interface Recovery {
  /**
   * Settles interrupted runs before the first request. Tries again with the next request if the store fails. Never rejects.
   */
  recover(request: Request): Promise<void>;
  /** Resolves when interrupted removals are finished. */
  idle(): Promise<void>;
}

export interface RecoveryOptions {
  engine: Engine;
  store: Store;
  /** Stops the removals. */
  signal: AbortSignal;
  onError: (error: unknown, request: Request) => void;
}

/** Creates the recovery of a backend. It starts with the first request. */
export function createRecovery({ engine, store, signal, onError }: RecoveryOptions): Recovery {
  let recovery: Promise<void> | undefined;
  let removals = Promise.resolve();

  async function recoverRuns(request: Request): Promise<void> {
    try {
      await engine.recover();
    } catch (error) {
      recovery = undefined;
      onError(error, request);
      return;
    }
    // In the background, because the rest of a removed thread is not visible to requests.
    removals = finishRemovals(store, signal).catch((error: unknown) => onError(error, request));
  }

  return {
    recover(request) {
      recovery ??= recoverRuns(request);
      return recovery;
    },
    idle: () => removals,
  };
}
