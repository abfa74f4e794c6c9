import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPausableTimeout } from '../../../src/core/tools/createPausableTimeout.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('calls the function once after the time', () => {
  const onTimeout = vi.fn<() => void>();
  createPausableTimeout(1_000, onTimeout);
  vi.advanceTimersByTime(999);
  expect(onTimeout).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(onTimeout).toHaveBeenCalledTimes(1);
});

it('does not count pauses, which may overlap', () => {
  const onTimeout = vi.fn<() => void>();
  const timeout = createPausableTimeout(1_000, onTimeout);
  vi.advanceTimersByTime(600);
  timeout.pause();
  timeout.pause();
  vi.advanceTimersByTime(5_000);
  timeout.resume();
  vi.advanceTimersByTime(5_000);
  timeout.resume();
  vi.advanceTimersByTime(399);
  expect(onTimeout).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onTimeout).toHaveBeenCalledTimes(1);
});

it('does not continue after it was cleared', () => {
  const onTimeout = vi.fn<() => void>();
  const timeout = createPausableTimeout(1_000, onTimeout);
  timeout.pause();
  timeout.clear();
  timeout.resume();
  vi.runAllTimers();
  expect(onTimeout).not.toHaveBeenCalled();
});

it.each([Infinity, 2 ** 31])('never ends after %d ms', (timeoutMs) => {
  const onTimeout = vi.fn<() => void>();
  createPausableTimeout(timeoutMs, onTimeout);
  expect(vi.getTimerCount()).toBe(0);
});
