import { MAX_TIMER_MS } from '../../../common/maxTimerMs.js';
import { WORKER_IDLE_MS, WORKER_START_MS } from '../fileLimits.js';
import { type FileWorker, WorkerEndEvent, type WorkerEndReason } from './FileWorker.js';
import { isWorkerMessage, type Job, type JobResult, type WorkerMessage } from './Job.js';

/** Worker of a pool, with the deadline of its job. */
export interface WorkerSlot {
  /** Checks whether the worker has started. */
  isReady(): boolean;
  /** Sends a job. Its deadline starts when the worker has loaded the code for it. */
  start(job: Job, onText: (text: string) => void): void;
  /** Ends the worker after a while without work. */
  rest(): void;
  /** Ends the worker. No callback follows. */
  close(): void;
}

/** Callbacks of a slot. */
export interface WorkerSlotOptions {
  worker: FileWorker;
  /** Called when the worker has started. */
  onReady: () => void;
  onResult: (result: JobResult) => void;
  /** Called when the worker has ended, or must be closed because it missed its deadline or was idle for too long. */
  onEnd: (reason: WorkerEndReason | 'deadline' | 'idle') => void;
}

/** Wraps a worker. */
export function createWorkerSlot(options: WorkerSlotOptions): WorkerSlot {
  const { worker, onReady, onResult, onEnd } = options;
  let isReady = false;
  let isClosed = false;
  let deadlineMs: number | undefined;
  let onText: (text: string) => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function setTimer(reason: 'deadline' | 'idle', delayMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => onEnd(reason), Math.min(delayMs, MAX_TIMER_MS));
    // In browsers a timer is a number.
    if (reason === 'idle' && typeof timer === 'object') timer.unref();
  }

  function handle(message: WorkerMessage): void {
    switch (message.type) {
      case 'ready':
        // The time to start and to load code does not count.
        if (isReady && deadlineMs !== undefined) setTimer('deadline', deadlineMs);
        isReady = true;
        onReady();
        break;
      case 'text':
        onText(message.text);
        break;
      default:
        deadlineMs = undefined;
        onResult(message);
    }
  }

  worker.addEventListener('message', (event) => {
    if (!isClosed && 'data' in event && isWorkerMessage(event.data)) handle(event.data);
  });
  worker.addEventListener('error', (event) => {
    if (!isClosed) onEnd(event instanceof WorkerEndEvent ? event.reason : 'failed');
  });

  return {
    isReady: () => isReady,
    start(job, receiveText) {
      onText = receiveText;
      deadlineMs = job.limits.deadlineMs;
      worker.ref?.();
      setTimer('deadline', Math.max(deadlineMs, WORKER_START_MS));
      worker.postMessage(job);
    },
    rest() {
      worker.unref?.();
      setTimer('idle', WORKER_IDLE_MS);
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      worker.terminate();
    },
  };
}
