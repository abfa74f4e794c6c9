import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sleep } from '../../src/common/sleep.js';
import type { Model } from '../../src/backend/models/Model.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import { sqliteStore } from '../../src/backend/stores/sqliteStore.js';
import type { Store } from '../../src/backend/stores/Store.js';
import { collect, createRunHarness, getRunOfEvent, getText } from './createRunHarness.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-writes-'));
  // SQLite waits for the disk, which needs the event loop.
  vi.useFakeTimers({
    now: 1_700_000_000_000,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const DELTAS = 20_000;
const SECONDS = 40;
/** Number of texts that the model sends together. */
const CHUNK = 50;

/** Says 20,000 words within 40 seconds. */
const model: Model = {
  async *respond({ signal }) {
    for (let word = 0; word < DELTAS; word += 1) {
      if (word % CHUNK === 0) await sleep((SECONDS * 1_000 * CHUNK) / DELTAS, signal);
      yield { type: 'text', text: `${word} ` };
    }
  },
};

/** Records the time of each record that is written. */
function recordWrites(store: Store) {
  const times: number[] = [];
  let pending = 0;
  const write: Store['write'] = async (changes) => {
    times.push(...changes.map(() => Date.now()));
    pending += 1;
    await store.write(changes);
    pending -= 1;
  };
  return { store: { ...store, write }, times, isWriting: () => pending > 0 };
}

/** Returns the highest number of times within any second. */
function countPerSecond(times: readonly number[]): number {
  return Math.max(
    ...times.map((start) => times.filter((time) => time >= start && time < start + 1_000).length),
  );
}

/** Advances the fake time until a promise resolves, except while the disk works. */
async function advanceUntil<T>(promise: Promise<T>, isWriting: () => boolean): Promise<T> {
  let isPending = true;
  void promise.finally(() => {
    isPending = false;
  });
  while (isPending) {
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    await (isWriting() ? setImmediate() : vi.advanceTimersByTimeAsync(50));
  }
  return promise;
}

const stores: Record<string, () => Store> = {
  memory: () => memoryStore(),
  SQLite: () => sqliteStore({ path: join(folder, 'store.sqlite') }),
};

describe.each(Object.entries(stores))('a run of 20,000 deltas with a %s store', (_, openStore) => {
  test('writes at most 20 records a second, and its events are gone ten minutes after it', async () => {
    const { store, times, isWriting } = recordWrites(openStore());
    const api = await createRunHarness({ model, store, now: Date.now });
    const thread = await api.createThread('Hello');
    times.length = 0;
    const reading = collect(api.streamRun(thread.id));
    const frames = await advanceUntil(reading, isWriting);
    const run = getRunOfEvent(frames.find(({ event }) => event === 'thread.run.created'));

    expect(frames.length).toBeGreaterThan(DELTAS / CHUNK);
    expect(getText((await api.messages(thread.id)).at(-1))).toHaveLength(
      Array.from({ length: DELTAS }, (_word, index) => `${index} `).join('').length,
    );
    expect(countPerSecond(times)).toBeLessThanOrEqual(20);
    // Its lease is renewed every five seconds.
    expect(times.length).toBeLessThan(40);

    const path = `/threads/${thread.id}/runs/${run.id}?stream=true&starting_after=1`;
    await vi.advanceTimersByTimeAsync(598_000);
    expect((await api.send('GET', path)).status).toBe(200);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await api.send('GET', path)).status).toBe(410);
    await api.backend.close();
  });
});
