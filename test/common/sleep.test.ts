import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sleep } from '../../src/common/sleep.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Starts to sleep for 1,000 ms. */
function start(signal?: AbortSignal) {
  const onWake = vi.fn<() => void>();
  void sleep(1_000, signal).then(onWake);
  return onWake;
}

describe('sleep', () => {
  it.each([new AbortController().signal, undefined])('resolves after the delay', async (signal) => {
    const onWake = start(signal);
    await vi.advanceTimersByTimeAsync(999);
    expect(onWake).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(onWake).toHaveBeenCalledTimes(1);
  });

  it('resolves when the signal aborts, and clears the timer', async () => {
    const controller = new AbortController();
    const onWake = start(controller.signal);
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(onWake).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('resolves immediately if the signal is aborted already', async () => {
    const onWake = start(AbortSignal.abort());
    await vi.advanceTimersByTimeAsync(0);
    expect(onWake).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
