import { settlesWithin } from '../common/settlesWithin.js';
import type { Recovery } from './createRecovery.js';
import type { Engine } from './engine/Engine.js';
import type { VectorStoreService } from './engine/vectorStores/createVectorStoreService.js';
import { ModelError } from './models/Model.js';
import type { Store } from './stores/Store.js';

/** Options for `Backend.drain`. */
export interface DrainOptions {
  /** Time that active runs have to finish, in milliseconds. @default 10,000 */
  deadlineMs?: number;
}

/** Waiting for the work of a backend, and its end. */
export interface Lifecycle {
  idle: () => Promise<void>;
  drain: (options?: DrainOptions) => Promise<void>;
  close: (options?: DrainOptions) => Promise<void>;
  /** Returns true if no new runs may start. */
  isDraining: () => boolean;
}

/** Parts of a backend that work. */
export interface Workers {
  engine: Pick<Engine, 'idle'>;
  recovery: Pick<Recovery, 'idle'>;
  vectorStores: Pick<VectorStoreService, 'idle'>;
  log: { flush(): Promise<void>; close(): void };
  store: Pick<Store, 'close'>;
}

/** Ends of the work of a backend. */
export interface Stops {
  /** Fails the active runs. */
  stopRuns: AbortController;
  /** Stops work that another process can continue. */
  stopBackground: AbortController;
}

/** Time to store the failures of runs that missed the deadline. A store that hangs must not block the shutdown. */
const FAILURE_GRACE_MS = 2_000;

/** Creates the methods that end a backend. */
export function createLifecycle(
  { engine, recovery, vectorStores, log, store }: Workers,
  { stopRuns, stopBackground }: Stops,
): Lifecycle {
  let isDraining = false;

  async function finishRuns(): Promise<void> {
    await engine.idle();
    await recovery.idle();
  }

  async function drain({ deadlineMs = 10_000 }: DrainOptions = {}): Promise<void> {
    isDraining = true;
    const finished = finishRuns();
    if (await settlesWithin(finished, deadlineMs)) return;
    stopRuns.abort(
      new ModelError('server_error', 'The server was stopped while the answer was being written.'),
    );
    await settlesWithin(finished, FAILURE_GRACE_MS);
  }

  return {
    isDraining: () => isDraining,
    async idle() {
      await finishRuns();
      await vectorStores.idle();
    },
    drain,
    async close(drainOptions) {
      await drain(drainOptions);
      stopBackground.abort();
      await settlesWithin(vectorStores.idle(), FAILURE_GRACE_MS);
      await log.flush();
      log.close();
      await store.close?.();
    },
  };
}
