import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClock } from '../../../src/backend/stores/postgres/createClock.js';
import type { Database } from '../../../src/backend/stores/postgres/createDatabase.js';

const SERVER_OFFSET_MS = 5_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Creates a database whose answers take these times, the last one again and again. The server reads its clock at their end. */
function createDatabase(tripsMs: number[]): Database {
  return {
    async query() {
      const tripMs = tripsMs.length > 1 ? tripsMs.shift() : tripsMs[0];
      vi.setSystemTime(Date.now() + (tripMs ?? 0));
      return [{ now: Date.now() + SERVER_OFFSET_MS }];
    },
    transaction: () => Promise.reject(new Error('The clock needs no transaction.')),
  };
}

it('compares again if the connection was interrupted', async () => {
  const clock = createClock(createDatabase([8_000, 20]));
  await clock.start();
  expect(clock.now() - Date.now()).toBe(SERVER_OFFSET_MS + 10);
  clock.close();
});

it('starts if every comparison takes long', async () => {
  const clock = createClock(createDatabase([2_000]));
  await clock.start();
  expect(clock.now() - Date.now()).toBe(SERVER_OFFSET_MS + 1_000);
  clock.close();
});
