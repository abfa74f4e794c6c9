import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Change, Collections, Store } from '../stores/Store.js';
import type { Batch } from './batches.js';
import { createRunEndBatch } from './createRunEndBatch.js';
import type { EventLog } from './eventLog/createEventLog.js';
import type { UsageCounter } from './createUsageCounter.js';
import type { Jobs } from './createJobs.js';
import { isWorkedOn, type Leases } from './createLeases.js';
import type { OverlayStore } from './overlayStore.js';
import { readRunMemory } from './RunMemory.js';
import { restoreGrowth } from './restoreGrowth.js';
import type { RunOutcome } from './settleObjects.js';

type Run = Collections['runs'];

/** Stores the changes of runs and settles them. */
export interface Settlement {
  /**
   * Stores a batch, with what belongs to the new status of its run, then publishes its events.
   *
   * @param requestStore Store of the handler, for a change made for a request. @default the store of the engine
   */
  commit: (runId: string, batch: Batch, requestStore?: Store) => Promise<void>;
  /**
   * Settles an active run. Must be called while its thread is locked. Resolves with the run as it is then, or undefined if
   * it was deleted.
   */
  settle: (runId: string, outcome: RunOutcome) => Promise<Run | undefined>;
  /**
   * Settles a run that was read from the store if its time is up, or if the process that executed it has ended. Drops it if
   * another process has continued it. Resolves with the current run.
   */
  settleIfDue: (run: Run) => Promise<Run>;
  /** Stops a run that was deleted, and ends its streams. */
  drop: (runId: string) => void;
  /** Stops a run that another process has taken over or has ended. Its streams show what that process writes. */
  handOver: (runId: string) => Promise<void>;
}

/** Outcome of a run whose process has ended. */
const INTERRUPTED: RunOutcome = {
  status: 'failed',
  error: {
    code: 'server_error',
    message: 'The server was stopped during this run. Please try again.',
  },
};

/** Creates the functions that end runs: at their end, at their expiry, after an interruption, and after their deletion. */
export function createSettlement({
  store,
  log,
  jobs,
  leases,
  now,
  countUsage,
}: {
  store: OverlayStore;
  log: EventLog;
  jobs: Jobs;
  leases: Leases;
  now: () => number;
  countUsage: UsageCounter;
}): Settlement {
  const seconds = () => toUnixSeconds(now());

  async function commit(runId: string, batch: Batch, requestStore: Store = store): Promise<void> {
    const run = findRun(batch.changes);
    const changes =
      run === undefined ? [] : getStatusChanges(run, batch.events.length, { log, jobs, leases });
    // Events are refused once the run has no lease.
    if (run !== undefined && !isWorkedOn(run)) await log.flush();
    await requestStore.write([...batch.changes, ...changes]);
    // If the run belonged to another process, its events continue those of that process.
    await log.load(runId, { isRunning: false });
    if (run !== undefined) leases.track(run);
    for (const id of batch.settledIds ?? []) store.settle(id);
    log.append(runId, ...batch.events);
  }

  const { drop, handOver } = createRelease({ store, log, jobs, leases });

  async function settle(runId: string, outcome: RunOutcome): Promise<Run | undefined> {
    const run = await store.get('runs', runId);
    if (run === undefined) {
      drop(runId);
      return undefined;
    }
    if (isSettled(run.status)) return run;
    if (jobs.get(runId) === undefined) {
      await log.load(runId, { isRunning: false });
      await restoreGrowth(store, log, run);
    }
    const memory = jobs.get(runId) ?? (await readRunMemory(store, runId))?.memory ?? {};
    const batch = await createRunEndBatch(store, run, outcome, { nowMs: now(), memory });
    await countUsage(findRun(batch.changes), (changes) =>
      commit(runId, { ...batch, changes: [...batch.changes, ...changes] }),
    );
    jobs.remove(runId);
    return store.get('runs', runId);
  }

  /** Returns true if another process has continued a run that this process has worked on. */
  async function isOutdated({ id, status }: Run): Promise<boolean> {
    if (jobs.get(id) === undefined) return false;
    if (status !== 'requires_action') return !leases.isHeld(id);
    const stored = await readRunMemory(store, id);
    return stored !== undefined && stored.lastSequence !== log.getLast(id);
  }

  async function settleIfDue(run: Run): Promise<Run> {
    if (await isOutdated(run)) drop(run.id);
    if (isSettled(run.status)) return run;
    const outcome = await findOutcome(run);
    if (outcome === undefined) return run;
    jobs.get(run.id)?.controller.abort();
    return (await settle(run.id, outcome)) ?? run;
  }

  /** Resolves with undefined if an active run may continue. */
  async function findOutcome({ id, status, expires_at }: Run): Promise<RunOutcome | undefined> {
    const isWaiting = status === 'requires_action';
    const isInterrupted = !isWaiting && (await leases.getExpiry(id)) <= now();
    const isExpired = expires_at !== null && seconds() >= expires_at;
    if (!isInterrupted && !isExpired) return undefined;
    if (status === 'cancelling') return { status: 'cancelled' };
    return isInterrupted ? INTERRUPTED : { status: 'expired' };
  }

  return { commit, settle, settleIfDue, drop, handOver };
}

/** Creates the functions that stop the work of this process on a run. */
function createRelease({
  store,
  log,
  jobs,
  leases,
}: {
  store: Store;
  log: EventLog;
  jobs: Jobs;
  leases: Leases;
}): Pick<Settlement, 'drop' | 'handOver'> {
  function stop(runId: string): void {
    jobs.get(runId)?.controller.abort();
    jobs.remove(runId);
    leases.forget(runId);
  }

  return {
    drop(runId) {
      stop(runId);
      log.remove(runId);
    },
    async handOver(runId) {
      stop(runId);
      if ((await store.get('runs', runId)) === undefined) log.remove(runId);
      else await log.follow(runId);
    },
  };
}

/** Returns the changes that belong to the status of a run: its lease, and its memory while it waits. */
function getStatusChanges(
  run: Run,
  eventCount: number,
  { log, jobs, leases }: { log: EventLog; jobs: Jobs; leases: Leases },
): Change[] {
  const changes: Change[] = [leases.toChange(run)];
  if (isSettled(run.status)) {
    for (const collection of ['runMemories', 'activeRuns'] as const)
      changes.push({ type: 'remove', collection, id: run.id });
  } else if (run.status === 'requires_action') {
    const { usage, stepUsage, turn, heldEvents } = jobs.open(run);
    const object: Collections['runMemories'] = {
      id: run.id,
      // Copied, because stored objects must not change.
      memory: { usage, stepUsage, turn, heldEvents: [...heldEvents] },
      last_sequence: log.getLast(run.id) + eventCount,
    };
    changes.push({ type: 'put', collection: 'runMemories', object });
  }
  return changes;
}

/** Returns the run that a batch stores. */
function findRun(changes: readonly Change[]): Run | undefined {
  for (const change of changes)
    if (change.type === 'put' && change.collection === 'runs') return change.object;
  return undefined;
}
