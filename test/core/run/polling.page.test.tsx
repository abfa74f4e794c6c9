import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followRun } from '../../../src/core/run/followRun.js';
import type { FollowedRun } from '../../../src/core/run/FollowedRun.js';
import { runServer } from './runServer.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  for (const followed of following.splice(0)) followed.detach();
  turn('visible');
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const following: FollowedRun[] = [];
const theRun = { threadId: 'thread_1', runId: 'run_1' };
const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);

function follow({ client }: ReturnType<typeof runServer>): FollowedRun {
  const followed = followRun(client, theRun);
  following.push(followed);
  return followed;
}

function turn(visibility: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Counts how many listeners were added and not taken back from now on. */
function countListeners(
  target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>,
): () => number {
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  let count = 0;
  vi.spyOn(target, 'addEventListener').mockImplementation((...given: Parameters<typeof add>) => {
    count += 1;
    add(...given);
  });
  vi.spyOn(target, 'removeEventListener').mockImplementation(
    (...given: Parameters<typeof remove>) => {
      count -= 1;
      remove(...given);
    },
  );
  return () => count;
}

function gaps(moments: readonly number[]): number[] {
  return moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
}

describe('polling in a page', () => {
  it('slows down to 15 seconds while nobody sees it', async () => {
    const server = runServer();
    follow(server);
    await seconds(30);
    turn('hidden');
    await seconds(10);
    const { length } = server.polls();
    await seconds(151);
    expect(gaps(server.polls().slice(length - 1))).toEqual(
      Array.from({ length: 10 }, () => 15_000),
    );
  });

  it('asks at once when it is shown again', async () => {
    const server = runServer();
    follow(server);
    turn('hidden');
    await seconds(40);
    server.run = { ...server.run, status: 'completed' };
    const { length } = server.polls();
    turn('visible');
    await seconds(0);
    expect(server.polls()).toHaveLength(length + 1);
  });

  it('asks at once when the network is back', async () => {
    const server = runServer();
    server.instead = () =>
      server.asked.length > 3 ? Promise.reject(new TypeError('offline')) : undefined;
    const followed = follow(server);
    await seconds(58);
    expect(followed.getState()).toMatchObject({ phase: 'polling', error: { kind: 'network' } });
    server.instead = () => undefined;
    const { length } = server.polls();
    window.dispatchEvent(new Event('online'));
    await seconds(0);
    expect(server.polls()).toHaveLength(length + 1);
    expect(followed.getState().error).toBeUndefined();
  });

  it('asks no faster, however often it is hidden and shown', async () => {
    const server = runServer();
    follow(server);
    for (let flips = 0; flips < 2_000; flips++) {
      turn(flips % 2 === 0 ? 'hidden' : 'visible');
      window.dispatchEvent(new Event('online'));
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(server.polls().length).toBeGreaterThan(10);
    expect(Math.min(...gaps(server.polls()))).toBeGreaterThanOrEqual(400);
  });

  it('leaves the server the pause it has asked for, shown or not', async () => {
    const server = runServer();
    server.instead = () =>
      server.asked.length > 3
        ? Response.json({}, { status: 429, headers: { 'retry-after': '60' } })
        : undefined;
    follow(server);
    for (let second = 0; second < 600; second += 5) {
      turn(second % 2 === 0 ? 'hidden' : 'visible');
      window.dispatchEvent(new Event('online'));
      await seconds(5);
    }
    expect(server.polls().length).toBeGreaterThan(8);
    expect(Math.min(...gaps(server.polls().slice(1)))).toBeGreaterThanOrEqual(60_000);
  });

  it('takes its listeners back with each pause', async () => {
    const listening = [countListeners(document), countListeners(window)];
    const server = runServer();
    const followed = follow(server);
    await seconds(60);
    expect(listening.map((count) => count())).toEqual([1, 2]);
    followed.detach();
    await seconds(0);
    expect(followed.getState().phase).toBe('detached');
    expect(listening.map((count) => count())).toEqual([0, 0]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
