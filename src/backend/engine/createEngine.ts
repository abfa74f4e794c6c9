import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import { isActive } from '../../protocol/runStatus.js';
import type { Collections } from '../stores/Store.js';
import { createRunBatch } from './batches.js';
import { createBackgroundTasks } from './createBackgroundTasks.js';
import { createEventLog, type EventLog } from './eventLog/createEventLog.js';
import { createExecutor } from './createExecutor.js';
import { createJobs } from './createJobs.js';
import { createLeases } from './createLeases.js';
import { createOutputsBatch } from './createOutputsBatch.js';
import { createUsageCounter } from './createUsageCounter.js';
import { createSettlement } from './createSettlement.js';
import type { Engine } from './Engine.js';
import type { EngineOptions } from './EngineOptions.js';
import { readRunMemory } from './RunMemory.js';
import { recoverRuns, settleDueRuns } from './recoverRuns.js';

type Run = Collections['runs'];

/**
 * Creates the engine of a backend. Each change of a run is stored before it is published, so a stream never shows more than
 * polling. Runs expire by `now` whenever they are read, and by a timer.
 */
export function createEngine(options: EngineOptions): Engine {
  const { store, now, withLock, log = createEventLog({ now }) } = options;
  const seconds = () => toUnixSeconds(now());
  const jobs = createJobs(now, (run) => settleStored(run));
  const leases = createLeases(store, now, (runId) => handOver(runId), options.owner);
  const countUsage = createUsageCounter(options);
  const settlement = createSettlement({ store, log, jobs, leases, now, countUsage });
  const { commit, settle, settleIfDue, drop, handOver } = settlement;
  const background = createBackgroundTasks(log, (runId) => {
    jobs.remove(runId);
    leases.forget(runId);
  });
  const execute = createExecutor({ ...options, log }, settlement, seconds);

  /** Reads a run again and settles it if it is due. Resolves with the run if it is still active. */
  async function settleStored({ id, thread_id: threadId }: Run): Promise<Run | undefined> {
    let active: Run | undefined;
    const work = withLock(threadId, async () => {
      const run = await store.get('runs', id);
      if (run === undefined) return drop(id);
      const current = await settleIfDue(run);
      if (isActive(current.status)) active = current;
    });
    background.add(id, work);
    await work.catch(() => undefined);
    return active;
  }

  function launch(run: Run): void {
    leases.track(run);
    background.add(run.id, execute(run, jobs.open(run)));
  }

  return {
    toLeaseChange: leases.toChange,

    start(run, first = []) {
      log.append(
        run.id,
        ...first,
        { event: 'thread.run.created', data: run },
        { event: 'thread.run.queued', data: run },
      );
      launch(run);
    },

    async submitToolOutputs(run, outputs, requestStore) {
      const queued: Run = { ...run, status: 'queued', required_action: null };
      const stored = await readRunMemory(store, run.id);
      await continueLog(log, run.id, stored?.lastSequence);
      const after = log.getLast(run.id);
      const job = jobs.open(run, stored?.memory);
      const batch = await createOutputsBatch(store, queued, outputs, job, seconds());
      await commit(run.id, batch, requestStore);
      launch(queued);
      return { run: queued, after };
    },

    async cancel(run, requestStore) {
      const cancelling: Run = { ...run, status: 'cancelling', required_action: null };
      await commit(run.id, createRunBatch(cancelling), requestStore);
      jobs.get(run.id)?.controller.abort();
      const work = withLock(run.thread_id, () => settle(run.id, { status: 'cancelled' }));
      background.add(run.id, work);
      return cancelling;
    },

    async findActiveRun(threadId) {
      // An active run locks its thread, so only the newest can be active.
      const page = await store.list('runs', { parent: threadId, order: 'desc', limit: 1 });
      const [newest] = page?.data ?? [];
      const run = newest && (await settleIfDue(newest));
      return run && isActive(run.status) ? run : undefined;
    },

    recover: () =>
      options.isShared === true
        ? settleDueRuns(options, settlement, leases)
        : recoverRuns(options, settlement, { jobs, leases, log }),
    checkLeases: leases.check,
    load: (run, after) =>
      log.load(run.id, {
        after,
        isRunning: isActive(run.status) && run.status !== 'requires_action',
      }),
    settleIfDue,
    read: (runId, after, signal) => log.read(runId, after, signal),
    idle: background.idle,
  };
}

/** Continues the log of a run that another process may have worked on until it had to wait. */
async function continueLog(log: EventLog, runId: string, lastSequence = 0): Promise<void> {
  await log.load(runId, { isRunning: false });
  // Another process may have ended before it has stored its last events.
  if (log.getLast(runId) < lastSequence) log.remove(runId);
  log.open(runId, lastSequence);
}
