/**
 * Part of a Web Worker that the backend uses. A worker runs the module `assistants-react/backend/file-worker` and ends when it
 * is terminated.
 */
export interface FileWorker {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'error', listener: (event: Event) => void): void;
  terminate(): unknown;
  /** Keeps the process alive while the worker has a job. Only workers of Node have it. */
  ref?(): void;
  /** Lets the process end although the worker exists. */
  unref?(): void;
}

/** Reason why a worker has ended on its own. */
export type WorkerEndReason = 'memory' | 'failed';

/** Error event of a worker that has ended, with the reason if it is known. */
export class WorkerEndEvent extends Event {
  constructor(readonly reason: WorkerEndReason) {
    super('error');
  }
}
