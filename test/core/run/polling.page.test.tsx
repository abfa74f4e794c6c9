import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followRun } from '../../../src/core/run/followRun.js';
import type { FollowedRun } from '../../../src/core/run/FollowedRun.js';
import { createRunServer } from './createRunServer.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  for (const followed of followedRuns.splice(0)) followed.detach();
  setVisibility('visible');
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const followedRuns: FollowedRun[] = [];
const runIds = { threadId: 'thread_1', runId: 'run_1' };
const advanceSeconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);

function follow({ client }: ReturnType<typeof createRunServer>): FollowedRun {
  const followed = followRun(client, runIds);
  followedRuns.push(followed);
  return followed;
}

function setVisibility(visibility: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Counts the listeners that are added from now on and not removed. */
function countListeners(
  target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>,
): () => number {
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  let count = 0;
  vi.spyOn(target, 'addEventListener').mockImplementation((...args: Parameters<typeof add>) => {
    count += 1;
    add(...args);
  });
  vi.spyOn(target, 'removeEventListener').mockImplementation(
    (...args: Parameters<typeof remove>) => {
      count -= 1;
      remove(...args);
    },
  );
  return () => count;
}

function getGaps(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

describe('polling in a page', () => {
  it('polls every 15 seconds while the page is hidden', async () => {
    const server = createRunServer();
    follow(server);
    await advanceSeconds(30);
    setVisibility('hidden');
    await advanceSeconds(10);
    const { length } = server.getPollTimes();
    await advanceSeconds(151);
    expect(getGaps(server.getPollTimes().slice(length - 1))).toEqual(
      Array.from({ length: 10 }, () => 15_000),
    );
  });

  it('polls immediately when the page is shown', async () => {
    const server = createRunServer();
    follow(server);
    setVisibility('hidden');
    await advanceSeconds(40);
    server.run = { ...server.run, status: 'completed' };
    const { length } = server.getPollTimes();
    setVisibility('visible');
    await advanceSeconds(0);
    expect(server.getPollTimes()).toHaveLength(length + 1);
  });

  it('polls immediately when the network is back', async () => {
    const server = createRunServer();
    server.override = () =>
      server.requests.length > 3 ? Promise.reject(new TypeError('offline')) : undefined;
    const followed = follow(server);
    await advanceSeconds(58);
    expect(followed.getState()).toMatchObject({ phase: 'polling', error: { kind: 'network' } });
    server.override = () => undefined;
    const { length } = server.getPollTimes();
    window.dispatchEvent(new Event('online'));
    await advanceSeconds(0);
    expect(server.getPollTimes()).toHaveLength(length + 1);
    expect(followed.getState().error).toBeUndefined();
  });

  it('does not poll faster if the page is hidden and shown often', async () => {
    const server = createRunServer();
    follow(server);
    for (let flips = 0; flips < 2_000; flips++) {
      setVisibility(flips % 2 === 0 ? 'hidden' : 'visible');
      window.dispatchEvent(new Event('online'));
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(server.getPollTimes().length).toBeGreaterThan(10);
    expect(Math.min(...getGaps(server.getPollTimes()))).toBeGreaterThanOrEqual(400);
  });

  it('respects Retry-After when the page is shown', async () => {
    const server = createRunServer();
    server.override = () =>
      server.requests.length > 3
        ? Response.json({}, { status: 429, headers: { 'retry-after': '60' } })
        : undefined;
    follow(server);
    for (let second = 0; second < 600; second += 5) {
      setVisibility(second % 2 === 0 ? 'hidden' : 'visible');
      window.dispatchEvent(new Event('online'));
      await advanceSeconds(5);
    }
    expect(server.getPollTimes().length).toBeGreaterThan(8);
    expect(Math.min(...getGaps(server.getPollTimes().slice(1)))).toBeGreaterThanOrEqual(60_000);
  });

  it('removes its listeners after each pause', async () => {
    const listenerCounts = [countListeners(document), countListeners(window)];
    const server = createRunServer();
    const followed = follow(server);
    await advanceSeconds(60);
    expect(listenerCounts.map((count) => count())).toEqual([1, 2]);
    followed.detach();
    await advanceSeconds(0);
    expect(followed.getState().phase).toBe('detached');
    expect(listenerCounts.map((count) => count())).toEqual([0, 0]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
