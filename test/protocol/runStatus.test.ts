import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import { isActive, isSettled, mergeRun } from '../../src/protocol/runStatus.js';
import type { RunStatus } from '../../src/protocol/types.js';

/** Creates a snapshot with any status, because a server may send statuses that the types do not list. */
const createRun = (status: string, name?: string) => ({ status: status as RunStatus, name });

const settled = ['cancelled', 'failed', 'completed', 'incomplete', 'expired'];
const active = ['queued', 'in_progress', 'requires_action', 'cancelling'];
const unknown = ['paused', '', 'toString', '__proto__'];

const statuses = fc.array(fc.constantFrom(...settled, ...active, ...unknown), {
  minLength: 1,
  maxLength: 20,
});

describe('isSettled and isActive', () => {
  it('treat five statuses as settled and all others as active', () => {
    const all = [...settled, ...active, ...unknown];
    expect(all.filter(isSettled)).toEqual(settled);
    expect(all.filter(isActive)).toEqual([...active, ...unknown]);
  });

  it('accept a run', () => {
    const runs = [...settled, ...active, ...unknown].map((status) => createRun(status));
    expect(runs.filter(isSettled).map(({ status }) => status)).toEqual(settled);
    expect(runs.filter(isActive).map(({ status }) => status)).toEqual([...active, ...unknown]);
  });
});

describe('mergeRun', () => {
  it('never makes a settled run active again', async () => {
    await assertProperty(
      fc.property(statuses, (arrivals) => {
        const isSettledAfter: boolean[] = [];
        let run = createRun(arrivals[0] ?? '');
        for (const status of arrivals) {
          run = mergeRun(run, createRun(status));
          isSettledAfter.push(isSettled(run.status));
        }
        // All entries after the first `true` are true.
        expect(isSettledAfter).toEqual(isSettledAfter.toSorted((a, b) => Number(a) - Number(b)));
      }),
      { name: 'runStatus', full: 1_000, small: 100 },
    );
  });

  it('settles a run as soon as one snapshot is settled', async () => {
    await assertProperty(
      fc.property(statuses, (arrivals) => {
        const last = arrivals
          .map((status) => createRun(status))
          .reduce((run, next) => mergeRun(run, next));
        expect(isSettled(last.status)).toBe(arrivals.some(isSettled));
      }),
      { name: 'mergeRun', full: 1_000, small: 100 },
    );
  });

  it('lets a run in cancelling only settle', () => {
    const cancelling = createRun('cancelling');
    for (const next of [...active, ...unknown])
      expect(mergeRun(cancelling, createRun(next))).toBe(cancelling);
    for (const next of settled)
      expect(mergeRun(cancelling, createRun(next))).toEqual(createRun(next));
  });

  it('lets a run return to queued after its tool outputs', () => {
    const queued = createRun('queued');
    expect(mergeRun(createRun('requires_action'), queued)).toBe(queued);
  });

  it('replaces a settled snapshot by a newer settled one', () => {
    const renamed = createRun('completed', 'new');
    expect(mergeRun(createRun('completed'), renamed)).toBe(renamed);
  });

  it('accepts any first snapshot', () => {
    const first = createRun('completed');
    expect(mergeRun(undefined, first)).toBe(first);
  });
});
