import type { EventBus } from './createEventBus.js';
import type { Jobs } from './createJobs.js';
import { toLastError } from './toLastError.js';

/** Work of an engine that no request waits for. */
export interface BackgroundTasks {
  /** Handles the errors of a task: the run stays active until it expires, and its streams end with an error. */
  add: (runId: string, task: Promise<unknown>) => void;
  /** Resolves when no task is pending. */
  idle: () => Promise<void>;
}

/** Creates an empty list of tasks. */
export function createBackgroundTasks(bus: EventBus, jobs: Pick<Jobs, 'remove'>): BackgroundTasks {
  const pending = new Set<Promise<void>>();

  async function run(runId: string, task: Promise<unknown>): Promise<void> {
    try {
      await task;
    } catch (error) {
      jobs.remove(runId);
      const { message } = toLastError(error);
      const data = { message, type: 'server_error', param: null, code: null };
      bus.publish(runId, { event: 'error', data });
    }
  }

  return {
    add(runId, task) {
      const handled = run(runId, task);
      pending.add(handled);
      void handled.finally(() => pending.delete(handled));
    },
    async idle() {
      while (pending.size > 0) await Promise.allSettled(pending);
    },
  };
}
