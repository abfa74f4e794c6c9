import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { settlesWithin } from '../../src/common/settlesWithin.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('resolves with true when the promise resolves in time', async () => {
  expect(await settlesWithin(Promise.resolve('done'), 1000)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('resolves with false after the timeout', async () => {
  const result = settlesWithin(new Promise(() => {}), 1000);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await result).toBe(false);
});

it('waits for a promise without a timeout', async () => {
  const onSettled = vi.fn<() => void>();
  void settlesWithin(new Promise(() => {}), Infinity).then(onSettled);
  await vi.advanceTimersByTimeAsync(1_000_000);
  expect(onSettled).not.toHaveBeenCalled();
});

it('rejects if the promise rejects in time', async () => {
  await expect(settlesWithin(Promise.reject(new Error('failed')), 1000)).rejects.toThrow('failed');
  expect(vi.getTimerCount()).toBe(0);
});
