import { describe, expect, it } from 'vitest';
import {
  getRunTimeline,
  getTickSeconds,
  sumPhases,
} from '../../../src/components/run/timeline/getRunTimeline.js';
import type { Run, RunStep } from '../../../src/protocol/types.js';

const createRun = (fields: Partial<Run>) =>
  ({ status: 'completed', created_at: 100, started_at: 102, completed_at: 112, ...fields }) as Run;

const createStep = (from: number, to: number | null, type: 'function' | 'file_search' | null) =>
  ({
    status: to === null ? 'in_progress' : 'completed',
    created_at: from,
    completed_at: to,
    step_details: type
      ? { type: 'tool_calls', tool_calls: [{ type }] }
      : { type: 'message_creation' },
  }) as unknown as RunStep;

const describeSpans = (run: Run, steps: RunStep[], now?: number) =>
  getRunTimeline(run, steps, now).spans.map(({ phase, start, end }) => `${phase} ${start}-${end}`);

describe('the phases of a run', () => {
  it('are the time in the queue, of work, and of waiting for functions', () => {
    const steps = [createStep(103, 107, 'function'), createStep(109, 112, null)];
    expect(describeSpans(createRun({}), steps)).toEqual([
      'queued 0-2',
      'working 2-3',
      'waiting 3-7',
      'working 7-12',
    ]);
  });

  it('count times of functions that overlap once, and tools of the server as work', () => {
    const steps = [
      createStep(103, 108, 'function'),
      createStep(104, 106, 'function'),
      createStep(107, 109, 'function'),
      createStep(109, 111, 'file_search'),
    ];
    const { spans } = getRunTimeline(createRun({}), steps, undefined);
    expect(Object.fromEntries(sumPhases(spans))).toEqual({ queued: 2, working: 4, waiting: 6 });
  });

  it('begin with the first work, also if the server has started the run again after a function', () => {
    const steps = [createStep(101, 106, 'function'), createStep(106, 112, null)];
    expect(describeSpans(createRun({ started_at: 106 }), steps)).toEqual([
      'queued 0-1',
      'waiting 1-6',
      'working 6-12',
    ]);
  });

  it('grow until now while the run is active', () => {
    const run = createRun({ status: 'requires_action', completed_at: null });
    const steps = [createStep(104, null, 'function')];
    expect(describeSpans(run, steps, 110)).toEqual(['queued 0-2', 'working 2-4', 'waiting 4-10']);
    expect(describeSpans(createRun({ status: 'queued', started_at: null }), [], 103)).toEqual([
      'queued 0-3',
    ]);
  });

  it('end with the last known time if the page has no clock', () => {
    const run = createRun({ status: 'in_progress', completed_at: null });
    expect(getRunTimeline(run, [createStep(104, 106, null)], undefined).duration).toBe(6);
  });
});

it('limits steps with wrong times to the time of the run', () => {
  const wrong = [
    createStep(90, 300, 'function'),
    createStep(110, 104, null),
    createStep(Number.NaN, null, null),
  ];
  const { duration, spans, steps } = getRunTimeline(createRun({}), wrong, undefined);
  expect(duration).toBe(12);
  expect(steps.map(({ start, end }) => [start, end])).toEqual([
    [0, 12],
    [10, 10],
    [0, 12],
  ]);
  expect(spans).toEqual([
    { phase: 'queued', start: 0, end: 2 },
    { phase: 'waiting', start: 2, end: 12 },
  ]);
  expect(getRunTimeline(createRun({ completed_at: 50 }), [], undefined).duration).toBe(0);
});

it.each([
  [1, 1],
  [4, 1],
  [5, 2],
  [12, 5],
  [100, 30],
  [4_000, 1_800],
  [4_000_000, 1_000_000],
])('marks an axis of %i seconds every %i seconds', (duration, expected) => {
  expect(getTickSeconds(duration)).toBe(expected);
});
