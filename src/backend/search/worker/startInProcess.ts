import { createYielder } from '../../../common/yieldToEventLoop.js';
import { getLowerLimits, IN_PROCESS_LIMITS } from '../fileLimits.js';
import { createJobRunner } from './createJobRunner.js';
import type { FileWorker } from './FileWorker.js';
import type { Job, WorkerMessage } from './Job.js';

/** Creates a replacement for a worker where none can be started. It yields to the event loop and has lower limits. */
export function startInProcess(): FileWorker {
  const run = createJobRunner();
  const events = new EventTarget();
  let isTerminated = false;

  function emit(data: WorkerMessage): void {
    if (!isTerminated) events.dispatchEvent(new MessageEvent('message', { data }));
  }

  function createPause(): () => Promise<void> {
    const yieldIfDue = createYielder();
    return async () => {
      await yieldIfDue();
      if (isTerminated) throw new Error('The job was stopped.');
    };
  }

  async function execute(job: Job): Promise<void> {
    const limits = getLowerLimits(job.limits, IN_PROCESS_LIMITS);
    emit({ type: 'ready' });
    emit(await run({ ...job, limits }, { emit, pause: createPause() }));
  }

  return {
    // Only the pool sends messages, and it sends jobs.
    postMessage: (message) => void execute(message as Job),
    addEventListener: (type, listener) => events.addEventListener(type, listener),
    terminate() {
      isTerminated = true;
    },
  };
}
