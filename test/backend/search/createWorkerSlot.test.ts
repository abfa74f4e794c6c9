import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FILE_LIMITS, WORKER_START_MS } from '../../../src/backend/search/fileLimits.js';
import { createWorkerSlot } from '../../../src/backend/search/worker/createWorkerSlot.js';
import type { ExtractJob } from '../../../src/backend/search/worker/Job.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const DEADLINE_MS = 4_000;

const job: ExtractJob = {
  type: 'extract',
  filename: 'a.txt',
  bytes: new Uint8Array(),
  limits: { ...FILE_LIMITS, deadlineMs: DEADLINE_MS },
};

/** Opens a slot for a worker that says only what the test wants, and starts a job. */
function startJob() {
  const events = new EventTarget();
  const onEnd = vi.fn<(reason: string) => void>();
  const slot = createWorkerSlot({
    worker: {
      postMessage: () => undefined,
      addEventListener: (type, listener) => events.addEventListener(type, listener),
      terminate: () => undefined,
    },
    onReady: () => undefined,
    onResult: () => undefined,
    onEnd,
  });
  slot.start(job, () => undefined);
  const sayReady = () => {
    events.dispatchEvent(new MessageEvent('message', { data: { type: 'ready' } }));
  };
  return { slot, onEnd, sayReady };
}

test('the deadline of a job starts neither before the worker nor before the code is loaded', () => {
  const { slot, onEnd, sayReady } = startJob();
  vi.advanceTimersByTime(WORKER_START_MS / 2);
  sayReady();
  expect(slot.isReady()).toBe(true);
  vi.advanceTimersByTime(WORKER_START_MS / 4);
  sayReady();
  vi.advanceTimersByTime(DEADLINE_MS - 1);
  expect(onEnd).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith('deadline');
});

test('a worker that never starts is ended', () => {
  const { slot, onEnd } = startJob();
  vi.advanceTimersByTime(WORKER_START_MS - 1);
  expect(onEnd).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith('deadline');
  expect(slot.isReady()).toBe(false);
});
