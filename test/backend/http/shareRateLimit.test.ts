import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRateLimiter } from '../../../src/common/createRateLimiter.js';
import { shareRateLimit } from '../../../src/backend/http/access/shareRateLimit.js';
import type { SharedQuotas } from '../../../src/backend/stores/Store.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Quotas in memory, as a database keeps them. */
function createQuotas() {
  const fullAt = new Map<string, number>();
  const calls: { caller: string; usedMs: number }[][] = [];
  let isAway = false;
  const quotas: SharedQuotas = {
    async use(uses) {
      if (isAway) throw new Error('The database is away.');
      calls.push([...uses]);
      return uses.map(({ caller, usedMs }) => {
        const full = Math.max(fullAt.get(caller) ?? 0, Date.now()) + usedMs;
        fullAt.set(caller, full);
        return full - Date.now();
      });
    },
  };
  const setAway = (value: boolean) => {
    isAway = value;
  };
  return { quotas, calls, setAway };
}

const PER_MINUTE = 60;

function createProcess(quotas: SharedQuotas) {
  const limiter = createRateLimiter(PER_MINUTE, Date.now);
  const options = { costMs: 60_000 / PER_MINUTE, now: Date.now };
  const take = shareRateLimit(limiter, quotas, options);
  /** Returns the number of requests that are allowed. */
  return (caller: string, count: number) =>
    Array.from({ length: count }, () => take(caller)).filter(({ isAllowed }) => isAllowed).length;
}

it('counts the requests of all processes, with two statements per second', async () => {
  const { quotas, calls } = createQuotas();
  const [first, second] = [createProcess(quotas), createProcess(quotas)];
  expect([first('alice', 40), second('alice', 10)]).toEqual([40, 10]);
  await vi.advanceTimersByTimeAsync(10);
  expect(calls.map(([use]) => use?.usedMs)).toEqual([40_000, 10_000]);
  // The first process does not know the requests of the second one yet.
  expect(second('alice', 30)).toBe(10);
  expect(first('alice', 30)).toBe(20);
  await vi.advanceTimersByTimeAsync(400);
  expect(calls).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(calls).toHaveLength(4);
  expect([first('alice', 5), second('alice', 5)]).toEqual([0, 0]);
  expect(second('bob', 5)).toBe(5);
});

it('sends the uses of all callers together, and nothing without requests', async () => {
  const { quotas, calls } = createQuotas();
  const take = createProcess(quotas);
  for (const caller of ['a', 'b', 'c', 'a']) take(caller, 1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toEqual([
    [
      { caller: 'a', usedMs: 2_000 },
      { caller: 'b', usedMs: 1_000 },
      { caller: 'c', usedMs: 1_000 },
    ],
  ]);
});

it('limits each process on its own while the database is away', async () => {
  const { quotas, calls, setAway } = createQuotas();
  const take = createProcess(quotas);
  setAway(true);
  expect(take('alice', 100)).toBe(60);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(take('alice', 100)).toBe(1);
  setAway(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(take('alice', 100)).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(calls).toEqual([
    [{ caller: 'alice', usedMs: 1_000 }],
    [{ caller: 'alice', usedMs: 1_000 }],
  ]);
});
