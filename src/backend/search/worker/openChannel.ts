import { WORKER_MEMORY_BYTES } from '../fileLimits.js';
import type { WorkerMessage } from './Job.js';

/** Connection of a worker to the backend. */
export interface WorkerChannel {
  post: (message: WorkerMessage) => void;
}

/** Connects this worker to the backend that has started it. */
export function openChannel(onMessage: (message: unknown) => void): WorkerChannel {
  if (typeof globalThis.process?.send === 'function') return openProcessChannel(onMessage);
  globalThis.addEventListener('message', ({ data }) => onMessage(data));
  return { post: (message) => globalThis.postMessage(message) };
}

function openProcessChannel(onMessage: (message: unknown) => void): WorkerChannel {
  process.on('message', onMessage);
  process.on('disconnect', () => process.exit());
  startWatchdog();
  return { post: (message) => process.send?.(message) };
}

/**
 * Ends this process when the backend has ended, or when it takes too much memory. Runs in a thread, because a file can keep the
 * main thread busy.
 */
function startWatchdog(): void {
  const { Worker: Thread } = process.getBuiltinModule('node:worker_threads');
  const code = `
    const parent = process.ppid;
    setInterval(() => {
      const isTooLarge = process.memoryUsage.rss() > ${WORKER_MEMORY_BYTES};
      if (process.ppid !== parent || isTooLarge) process.kill(process.pid, 'SIGKILL');
    }, 100);
  `;
  new Thread(code, { eval: true, execArgv: [], env: {} }).unref();
}
