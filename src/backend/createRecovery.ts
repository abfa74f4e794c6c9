import { finishRemovals } from './domain/removeContainer.js';
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
  /** Returns the time in milliseconds since 1970. */
  now: () => number;
  /** Stops the removals and the checks. */
  signal: AbortSignal;
  onError: (error: unknown, request: Request) => void;
  /** True if other processes work on runs of the same store, which this process checks every two seconds. */
  isShared: boolean;
  /** Removes the contents of files that interrupted requests have left, if the store keeps them elsewhere. */
  removeOrphans?: ((signal: AbortSignal) => Promise<void>) | undefined;
}

const MIN_DELAY_MS = 1_000;
const SHARED_DELAY_MS = 2_000;

/** Creates the recovery of a backend. It starts with the first request. */
export function createRecovery({
  engine,
  store,
  now,
  signal,
  onError,
  isShared,
  removeOrphans,
}: RecoveryOptions): Recovery {
  let recovery: Promise<void> | undefined;
  let removals = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));

  /** Settles runs whose process has ended, and repeats it while other processes execute runs. */
  async function settleInterruptedRuns(): Promise<void> {
    const nextMs = await engine.recover();
    if (isShared) checkLater(SHARED_DELAY_MS);
    else if (nextMs !== undefined) checkLater(Math.max(nextMs - now(), MIN_DELAY_MS));
  }

  function checkLater(delayMs: number): void {
    if (signal.aborted) return;
    timer = setTimeout(() => {
      // A failed check is repeated, in a store of one process by the next request that reads the run.
      void settleInterruptedRuns().catch(() => {
        if (isShared) checkLater(SHARED_DELAY_MS);
      });
    }, delayMs);
    // Timers are numbers in browsers. In Node, they would keep the process running.
    if (typeof timer === 'object') timer.unref();
  }

  /** Reports an error, unless the backend was closed meanwhile: its store may be closed, too. */
  function report(error: unknown, request: Request): void {
    if (!signal.aborted) onError(error, request);
  }

  async function recoverRuns(request: Request): Promise<void> {
    try {
      await settleInterruptedRuns();
    } catch (error) {
      recovery = undefined;
      report(error, request);
      return;
    }
    // In the background, because the rest of a removed thread is not visible to requests.
    removals = finishRemovals(store, signal)
      .then(() => removeOrphans?.(signal))
      .catch((error: unknown) => report(error, request));
  }

  return {
    recover(request) {
      recovery ??= recoverRuns(request);
      return recovery;
    },
    idle: () => removals,
  };
}
