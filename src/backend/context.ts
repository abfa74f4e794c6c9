import type { Subscription } from './engine/eventBus.js';
import type { Model } from './models/model.js';
import type { Collections, Store } from './stores/store.js';

/** What every route works with. */
export interface BackendContext {
  store: Store;
  model: Model;
  engine: Engine;
  /** Milliseconds since 1970. */
  now(): number;
  /** A new id behind the prefix: `id('msg_')`. */
  id(prefix: string): string;
  /** Runs one task at a time for each key, in the order of the calls. Keys are ids: of the thread, or of the assistant. */
  exclusive<T>(key: string, task: () => Promise<T>): Promise<T>;
}

/**
 * Drives the runs of a backend. All methods that change a thread are called inside `exclusive(threadId)`. deleteThread
 * cancels and then removes the thread with all it holds before the lock is free: an engine that finds its run gone from the
 * store drops it without a word and writes nothing more of it. What a request changes is written through `into`, the store of
 * its handler, so that its answer is kept with it.
 */
export interface Engine {
  /** Begins to work on a run that is stored as queued. Does not wait. */
  start(run: Collections['runs']): void;
  /** Stores the outputs, by call id, of a run in requires_action, and goes on with it. Resolves with the run as queued. */
  submitToolOutputs(
    run: Collections['runs'],
    outputs: ReadonlyMap<string, string>,
    into: Store,
  ): Promise<Collections['runs']>;
  /** Cancels: stores `cancelling`, stops the model, ends at `cancelled`. Resolves with the run as `cancelling`. */
  cancel(run: Collections['runs'], into: Store): Promise<Collections['runs']>;
  /** The active run of a thread, expired first if its time has passed. */
  activeRun(threadId: string): Promise<Collections['runs'] | undefined>;
  /**
   * Ends the runs that a process has left behind, before this one begins any: as failed, or as cancelled where that was
   * asked for. Their threads are free then.
   */
  recover(): Promise<void>;
  /** Applies expiry that is due to a run that was read from the store. */
  fresh(run: Collections['runs']): Promise<Collections['runs']>;
  /** Events of a run from now on, for a subscriber that subscribes before `start`; ends at requires_action or settled. */
  subscribe(runId: string, signal?: AbortSignal): Subscription;
  /** Resolves when no run is being worked on. For tests and shutdown. */
  idle(): Promise<void>;
}
