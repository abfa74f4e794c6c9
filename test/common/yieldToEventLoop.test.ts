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

describe('createYielder', () => {
  it('yields only after 20 ms of work', async () => {
    let time = 0;
    const yieldIfNeeded = createYielder(() => time);
    time = 19;
    await yieldIfNeeded();
    expect(vi.getTimerCount()).toBe(0);
    time = 20;
    const yielded = yieldIfNeeded();
    expect(vi.getTimerCount()).toBe(1);
    // Time that passes during the yield is not part of the next slice.
    time = 100;
    await vi.advanceTimersByTimeAsync(0);
    await yielded;
    time = 119;
    await yieldIfNeeded();
    expect(vi.getTimerCount()).toBe(0);
  });
});
