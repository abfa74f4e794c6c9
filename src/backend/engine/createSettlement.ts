import { isSettled } from '../../protocol/runStatus.js';
import type { Collections, Store } from '../stores/Store.js';
import { type Batch, createRunEndBatch } from './batches.js';
import type { EventBus } from './createEventBus.js';
import type { Jobs } from './createJobs.js';
import type { OverlayStore } from './overlayStore.js';
import type { RunOutcome } from './settleObjects.js';

type Run = Collections['runs'];

/** Stores the changes of runs and settles them. */
export interface Settlement {
  /** Stores a batch, then publishes its events. */
  commit: (runId: string, batch: Batch, into?: Store) => Promise<void>;
  /**
   * Settles an active run. Must be called while its thread is locked. Resolves with the run as it is then, or undefined if
   * it was deleted.
   */
  settle: (runId: string, outcome: RunOutcome) => Promise<Run | undefined>;
  /** Expires a run that was read from the store if its time is up. Resolves with the current run. */
  applyExpiry: (run: Run) => Promise<Run>;
  /** Stops a deleted run and ends its streams. */
  drop: (runId: string) => void;
}

/** Creates the functions that end runs: at their end, at their expiry, and after their deletion. */
export function createSettlement({
  store,
  bus,
  jobs,
  seconds,
}: {
  store: OverlayStore;
  bus: EventBus;
  jobs: Jobs;
  seconds: () => number;
}): Settlement {
  async function commit(runId: string, batch: Batch, into: Store = store): Promise<void> {
    await into.write(batch.changes);
    for (const id of batch.settledIds ?? []) store.settle(id);
    for (const event of batch.events) bus.publish(runId, event);
  }

  function drop(runId: string): void {
    jobs.get(runId)?.controller.abort();
    jobs.remove(runId);
    bus.close(runId);
  }

  async function settle(runId: string, outcome: RunOutcome): Promise<Run | undefined> {
    const run = await store.get('runs', runId);
    if (run === undefined) {
      drop(runId);
      return undefined;
    }
    if (isSettled(run.status)) return run;
    const job = jobs.get(runId);
    const usage = { run: job?.usage ?? null, step: job?.stepUsage ?? null };
    await commit(runId, await createRunEndBatch(store, run, outcome, seconds(), usage));
    jobs.remove(runId);
    return store.get('runs', runId);
  }

  async function applyExpiry(run: Run): Promise<Run> {
    if (isSettled(run.status) || run.expires_at === null || seconds() < run.expires_at) return run;
    jobs.get(run.id)?.controller.abort();
    const status = run.status === 'cancelling' ? 'cancelled' : 'expired';
    return (await settle(run.id, { status })) ?? run;
  }

  return { commit, settle, applyExpiry, drop };
}
