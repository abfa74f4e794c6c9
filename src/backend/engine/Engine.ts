import type { AssistantStreamEvent } from '../../protocol/types.js';
import type { Change, Collections, Store } from '../stores/Store.js';
import type { EventReader } from './eventLog/LogReader.js';

type Run = Collections['runs'];

/**
 * Executes the runs of a backend. Methods that change a thread must be called while `withLock(threadId)` is held.
 *
 * deleteThread cancels the active run and removes the thread before it releases the lock. The engine silently drops a run
 * that is missing in the store.
 *
 * Changes made for a request are written to `requestStore`, the store of its handler, so that an idempotent response
 * is stored in the same batch.
 */
export interface Engine {
  /** Returns the change that must be stored together with a new run: the lease of this process. */
  toLeaseChange(run: Run): Change;
  /**
   * Starts to execute a run that is stored as queued. Returns immediately.
   *
   * @param first Events to log before those of the run. @default none
   */
  start(run: Run, first?: readonly AssistantStreamEvent[]): void;
  /**
   * Stores the outputs of a run in requires_action, keyed by tool call id, and resumes it. Any process may do so. Resolves
   * with the queued run and the sequence number of the last event before it.
   */
  submitToolOutputs(
    run: Run,
    outputs: ReadonlyMap<string, string>,
    requestStore: Store,
  ): Promise<{ run: Run; after: number }>;
  /** Stores `cancelling`, aborts the model and settles the run as `cancelled`. Resolves with the run as `cancelling`. */
  cancel(run: Run, requestStore: Store): Promise<Run>;
  /** Resolves with the active run of a thread, or undefined. Settles the run first if it is due. */
  findActiveRun(threadId: string): Promise<Run | undefined>;
  /**
   * Settles the runs of processes that have ended: as `cancelled` if cancellation was requested, else as `failed`. Frees the
   * threads of these runs. Runs that wait for tool outputs continue to wait. Resolves with the time in milliseconds since
   * 1970 at which to call it again, or undefined if no run belongs to another process. In a shared store, call it again every
   * few seconds, because other processes start runs.
   */
  recover(): Promise<number | undefined>;
  /**
   * Settles a run that was read from the store if its time is up, or if the process that executed it has ended. Forgets its
   * state and its events if another process has continued it. Resolves with the current run.
   */
  settleIfDue(run: Run): Promise<Run>;
  /** Finds out at once whether another process has taken runs over. Never rejects. */
  checkLeases(): Promise<void>;
  /** Loads the events of a run that another process has logged, up to this sequence number or the next events. */
  load(run: Run, after: number): Promise<void>;
  /**
   * Reads the events of a run after a sequence number: 0 for all, undefined for the newest segment. Returns undefined if they
   * are not known any more. See `EventLog`.
   */
  read(runId: string, after: number | undefined, signal?: AbortSignal): EventReader | undefined;
  /** Resolves when no run is being executed. */
  idle(): Promise<void>;
}
