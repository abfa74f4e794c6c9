import type { EventLog } from './eventLog/createEventLog.js';
import { toLastError } from './toLastError.js';

/** Work of an engine that no request waits for. */
export interface BackgroundTasks {
  /** Handles the errors of a task: the run fails when its lease expires, and its streams end with an error. */
  add: (runId: string, task: Promise<unknown>) => void;
  /** Resolves when no task is pending. */
  idle: () => Promise<void>;
}

/** Creates an empty list of tasks. `onFailed` is called with the id of the run. */
export function createBackgroundTasks(
  log: EventLog,
  onFailed: (runId: string) => void,
): BackgroundTasks {
  const pending = new Set<Promise<void>>();

  async function run(runId: string, task: Promise<unknown>): Promise<void> {
    try {
      await task;
    } catch (error) {
      onFailed(runId);
      const { message } = toLastError(error);
      const data = { message, type: 'server_error', param: null, code: null };
      log.append(runId, { event: 'error', data });
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
