import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isActive, isSettled, mergeRun } from '../../src/protocol/runStatus.js';
import type { RunStatus } from '../../src/protocol/types.js';

/** A snapshot with any status: enumerations of the wire are open. */
const runOf = (status: string, name?: string) => ({ status: status as RunStatus, name });

const settled = ['cancelled', 'failed', 'completed', 'incomplete', 'expired'];
const active = ['queued', 'in_progress', 'requires_action', 'cancelling'];
const unknown = ['paused', '', 'toString', '__proto__'];

const status = fc.constantFrom(...settled, ...active, ...unknown);
const arrivals = fc.array(status, { minLength: 1, maxLength: 20 });

test('counts five statuses as settled, and every other as active', () => {
  expect([...settled, ...active, ...unknown].filter(isSettled)).toEqual(settled);
  expect([...settled, ...active, ...unknown].filter(isActive)).toEqual([...active, ...unknown]);
});

test('never turns a settled run back, in whatever order snapshots arrive', () => {
  fc.assert(
    fc.property(arrivals, (statuses) => {
      let run: ReturnType<typeof runOf> | undefined;
      const seen = statuses.map((status) => isSettled((run = mergeRun(run, runOf(status))).status));
      // Once true, true for good.
      expect(seen).toEqual(seen.map((_, index) => seen.slice(0, index + 1).includes(true)));
    }),
  );
});

test('ends settled as soon as one snapshot is', () => {
  fc.assert(
    fc.property(arrivals, (statuses) => {
      const last = statuses
        .map((status) => runOf(status))
        .reduce((run, next) => mergeRun(run, next));
      expect(isSettled(last.status)).toBe(statuses.some(isSettled));
    }),
  );
});

test('goes from cancelling to an end only', () => {
  const cancelling = runOf('cancelling');
  for (const next of [...active, ...unknown])
    expect(mergeRun(cancelling, runOf(next))).toBe(cancelling);
  for (const next of settled) expect(mergeRun(cancelling, runOf(next))).toEqual(runOf(next));
});

test('takes a run back to queued after its tool outputs', () => {
  const queued = runOf('queued');
  expect(mergeRun(runOf('requires_action'), queued)).toBe(queued);
});

test('takes a newer snapshot of a run that is settled', () => {
  const renamed = runOf('completed', 'new');
  expect(mergeRun(runOf('completed'), renamed)).toBe(renamed);
});

test('takes the first snapshot whatever it says', () => {
  const first = runOf('completed');
  expect(mergeRun(undefined, first)).toBe(first);
});
