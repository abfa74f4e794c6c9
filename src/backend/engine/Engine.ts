import type { Collections, Store } from '../stores/Store.js';
import type { Subscription } from './createEventBus.js';

type Run = Collections['runs'];

/**
 * Executes the runs of a backend. Methods that change a thread must be called while `withLock(threadId)` is held.
 *
 * deleteThread cancels the active run and removes the thread before it releases the lock. The engine silently drops a run
 * that is missing in the store.
 *
 * Changes made for a request are written to the `store` parameter, the store of its handler, so that an idempotent response
 * is stored in the same batch.
 */
export interface Engine {
  /** Starts to execute a run that is stored as queued. Returns immediately. */
  start(run: Run): void;
  /**
   * Stores the outputs of a run in requires_action, keyed by tool call id, and resumes it. Resolves with the queued run.
   */
  submitToolOutputs(run: Run, outputs: ReadonlyMap<string, string>, store: Store): Promise<Run>;
  /** Stores `cancelling`, aborts the model and settles the run as `cancelled`. Resolves with the run as `cancelling`. */
  cancel(run: Run, store: Store): Promise<Run>;
  /** Resolves with the active run of a thread, or undefined. Expires the run first if its time is up. */
  findActiveRun(threadId: string): Promise<Run | undefined>;
  /**
   * Settles runs that a previous process left active: as `cancelled` if cancellation was requested, else as `failed`. Must be
   * called before `start`. Frees the threads of these runs.
   */
  recover(): Promise<void>;
  /** Expires a run that was read from the store if its time is up. Resolves with the current run. */
  applyExpiry(run: Run): Promise<Run>;
  /** Subscribes to the future events of a run. The subscription ends at requires_action or when the run is settled. */
  subscribe(runId: string, signal?: AbortSignal): Subscription;
  /** Resolves when no run is being executed. */
  idle(): Promise<void>;
}
