import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createYielder, yieldToEventLoop } from '../../src/common/yieldToEventLoop.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('yieldToEventLoop', () => {
  it('resolves in a later task', async () => {
    const onTask = vi.fn<() => void>();
    void yieldToEventLoop().then(onTask);
    await Promise.resolve();
    expect(onTask).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(0);
    expect(onTask).toHaveBeenCalledTimes(1);
  });
});

/** Calls the function and tells whether it resolved in the same task. */
async function continuesInSameTask(yieldIfNeeded: () => Promise<void>): Promise<boolean> {
  const onContinued = vi.fn<() => void>();
  void yieldIfNeeded().then(onContinued);
  // Five microtasks are more than any resolved promise needs here; timers are fake and do not fire.
  for (let count = 0; count < 5; count += 1) await Promise.resolve();
  return onContinued.mock.calls.length === 1;
}

describe('createYielder', () => {
  it('yields only after 20 ms of work', async () => {
    let time = 0;
    const yieldIfNeeded = createYielder(() => time);
    time = 19;
    expect(await continuesInSameTask(yieldIfNeeded)).toBe(true);
    time = 20;
    expect(await continuesInSameTask(yieldIfNeeded)).toBe(false);
    // Time that passes during the yield is not part of the next slice.
    time = 100;
    await vi.advanceTimersByTimeAsync(0);
    time = 119;
    expect(await continuesInSameTask(yieldIfNeeded)).toBe(true);
    time = 120;
    expect(await continuesInSameTask(yieldIfNeeded)).toBe(false);
  });
});
