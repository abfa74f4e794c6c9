import { afterEach, expect, test, vi } from 'vitest';
import { createIdleTimer } from '../../../src/backend/models/server/createIdleTimer.js';

afterEach(() => {
  vi.useRealTimers();
});

test.each([Infinity, 2 ** 40])('never ends a request after %d ms', async (timeoutMs) => {
  vi.useFakeTimers();
  const timer = createIdleTimer(timeoutMs, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(1_000_000);
  expect([timer.isExpired(), timer.signal.aborted]).toEqual([false, false]);
  timer.stop();
});
