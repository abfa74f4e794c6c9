import { warnOnce } from '../../../common/warnOnce.js';
import { createWorkerSlot, type WorkerSlot } from './createWorkerSlot.js';
import type { FileWorker, WorkerEndReason } from './FileWorker.js';
import type { Job, JobResult } from './Job.js';
import { startInProcess } from './startInProcess.js';

/** Outcome of a job: the result of the worker, or why the worker was ended or has ended without one. */
export type JobOutcome = JobResult | { type: 'ended'; reason: WorkerEndReason | 'deadline' };

/** Options for a job. */
export interface JobOptions {
  /** Stops the job, and with it the worker that runs it. */
  signal: AbortSignal;
  /** Receives the text of an `extract` job in pieces, also if the job ends early. */
  onText?: (text: string) => void;
}

/** Workers that share the jobs of a backend. */
export interface WorkerPool {
  /**
   * Runs a job in a worker. Waits while all workers are busy. The deadline of the job starts with its work.
   * @throws The reason of the signal when it aborts.
   */
  run(job: Job, options: JobOptions): Promise<JobOutcome>;
}

/** Job of the pool, from the call until its outcome. */
interface Task {
  job: Job;
  onText: (text: string) => void;
  resolve: (outcome: JobOutcome) => void;
}

/**
 * Creates a pool. Workers start when there is work, and end when there was none for a while. A worker that misses a deadline,
 * runs out of memory or whose job is aborted is ended, and the next job gets a new one. If no worker can be started, the jobs
 * run in this thread.
 *
 * @param createWorker Starts a worker. May throw.
 * @param size Maximum number of workers.
 */
export function createWorkerPool(createWorker: () => FileWorker, size: number): WorkerPool {
  const slots = new Map<WorkerSlot, Task | undefined>();
  const queue: Task[] = [];
  const starter = createStarter(createWorker);

  function startNext(): void {
    while (queue.length > 0) {
      const slot = findIdle(slots) ?? (slots.size < size ? open() : undefined);
      if (slot === undefined) return;
      const task = queue.shift();
      slots.set(slot, task);
      if (task !== undefined) slot.start(task.job, task.onText);
    }
  }

  function open(): WorkerSlot {
    const { worker, isReplacement } = starter.start();
    const slot = createWorkerSlot({
      worker,
      onReady: () => {
        if (!isReplacement) starter.confirm();
      },
      onResult(result) {
        const task = slots.get(slot);
        if (isWornOut(result)) close(slot);
        else rest(slot);
        task?.resolve(result);
        startNext();
      },
      onEnd(reason) {
        const task = slots.get(slot);
        const hasStarted = isReplacement || slot.isReady() || starter.isConfirmed();
        close(slot);
        if (task !== undefined && reason !== 'idle') {
          if (hasStarted) {
            task.resolve({ type: 'ended', reason });
          } else {
            starter.giveUp(reason);
            queue.unshift(task);
          }
        }
        startNext();
      },
    });
    slots.set(slot, undefined);
    return slot;
  }

  function rest(slot: WorkerSlot): void {
    slots.set(slot, undefined);
    slot.rest();
  }

  function close(slot: WorkerSlot): void {
    slots.delete(slot);
    slot.close();
  }

  function cancel(task: Task): void {
    const position = queue.indexOf(task);
    if (position >= 0) queue.splice(position, 1);
    for (const [slot, current] of slots) if (current === task) close(slot);
    startNext();
  }

  return {
    run: (job, { signal, onText = () => undefined }) =>
      untilAborted(signal, (resolve) => {
        const task: Task = { job, onText, resolve };
        queue.push(task);
        startNext();
        return () => cancel(task);
      }),
  };
}

/**
 * Starts work and resolves with its outcome, or rejects when the signal aborts.
 * @param start Returns the function that stops the work.
 */
function untilAborted(
  signal: AbortSignal,
  start: (resolve: (outcome: JobOutcome) => void) => () => void,
): Promise<JobOutcome> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = start((outcome) => {
      signal.removeEventListener('abort', onAbort);
      resolve(outcome);
    });
    function onAbort(): void {
      stop();
      reject(signal.reason instanceof Error ? signal.reason : new Error('The job was aborted.'));
    }
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Starts workers, or replacements in this thread once it has turned out that none can be started. */
function createStarter(createWorker: () => FileWorker) {
  let canStart = true;
  // Once a worker has started, others can. A later failure concerns one job only.
  let isConfirmed = false;

  function giveUp(cause: unknown): void {
    canStart = false;
    warnOnce(
      'file-worker',
      'No worker could be started, so uploaded files are read in this thread, with lower limits and without PDF and Office files. Pass `createFileWorker` to createBackend to start a worker.',
      cause,
    );
  }

  return {
    giveUp,
    isConfirmed: () => isConfirmed,
    confirm() {
      isConfirmed = true;
    },
    start(): { worker: FileWorker; isReplacement: boolean } {
      try {
        if (canStart) return { worker: createWorker(), isReplacement: false };
      } catch (error) {
        giveUp(error);
      }
      return { worker: startInProcess(), isReplacement: true };
    },
  };
}

/** Returns the idle worker that was started last. */
function findIdle(slots: ReadonlyMap<WorkerSlot, Task | undefined>): WorkerSlot | undefined {
  return [...slots].findLast(([, task]) => task === undefined)?.[0];
}

/** Checks whether the memory of a worker may still be full. */
function isWornOut(result: JobResult): boolean {
  return (
    result.type === 'failed' || (result.type === 'extracted' && result.reason === 'inflatedBytes')
  );
}
