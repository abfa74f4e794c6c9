import { isActive } from '../../protocol/runStatus.js';
import type { Collections } from '../stores/Store.js';
import { createRunBatch } from './batches.js';
import { createBackgroundTasks } from './createBackgroundTasks.js';
import { createEventBus } from './createEventBus.js';
import { createExecutor } from './createExecutor.js';
import { createJobs } from './createJobs.js';
import { createOutputsBatch } from './createOutputsBatch.js';
import { createSettlement } from './createSettlement.js';
import type { Engine } from './Engine.js';
import type { EngineOptions } from './EngineOptions.js';
import { findInterruptedRuns } from './findInterruptedRuns.js';

type Run = Collections['runs'];

/**
 * Creates the engine of a backend. Each change of a run is stored before it is published, so a stream never shows more than
 * polling. Runs expire by `now` whenever they are read, and by a timer.
 */
export function createEngine(options: EngineOptions): Engine {
  const { store, now, withLock, bus = createEventBus() } = options;
  const seconds = () => Math.floor(now() / 1_000);
  const jobs = createJobs(now, (run) => expireIfDue(run));
  const settlement = createSettlement({ store, bus, jobs, seconds });
  const { commit, settle, applyExpiry, drop } = settlement;
  const background = createBackgroundTasks(bus, jobs);
  const execute = createExecutor({ ...options, bus }, settlement, seconds);

  async function expireIfDue({ id, thread_id: threadId }: Run): Promise<Run | undefined> {
    let active: Run | undefined;
    const work = withLock(threadId, async () => {
      const run = await store.get('runs', id);
      if (run === undefined) return drop(id);
      const current = await applyExpiry(run);
      if (isActive(current.status)) active = current;
    });
    background.add(id, work);
    await work.catch(() => undefined);
    return active;
  }

  const launch = (run: Run) => background.add(run.id, execute(run, jobs.open(run)));

  return {
    start(run) {
      bus.publish(run.id, { event: 'thread.run.created', data: run });
      bus.publish(run.id, { event: 'thread.run.queued', data: run });
      launch(run);
    },

    async submitToolOutputs(run, outputs, into) {
      const queued: Run = { ...run, status: 'queued', required_action: null };
      const batch = await createOutputsBatch(store, queued, outputs, jobs.open(run), seconds());
      await commit(run.id, batch, into);
      launch(queued);
      return queued;
    },

    async cancel(run, into) {
      const cancelling: Run = { ...run, status: 'cancelling', required_action: null };
      await commit(run.id, createRunBatch(cancelling), into);
      jobs.get(run.id)?.controller.abort();
      const work = withLock(run.thread_id, () => settle(run.id, { status: 'cancelled' }));
      background.add(run.id, work);
      return cancelling;
    },

    async findActiveRun(threadId) {
      // An active run locks its thread, so only the newest can be active.
      const page = await store.list('runs', { parent: threadId, order: 'desc', limit: 1 });
      const [newest] = page?.data ?? [];
      const run = newest && (await applyExpiry(newest));
      return run && isActive(run.status) ? run : undefined;
    },

    async recover() {
      for (const { run, outcome } of await findInterruptedRuns(store)) {
        if (!jobs.get(run.id)) await withLock(run.thread_id, () => settle(run.id, outcome));
      }
    },

    applyExpiry,
    subscribe: (runId, signal) => bus.subscribe(runId, signal),
    idle: background.idle,
  };
}
