import { getRunEnd, getStepEnd } from '../../../protocol/endTimes.js';
import { isSettled } from '../../../protocol/runStatus.js';
import type { Run, RunStep } from '../../../protocol/types.js';

/** State of a run during a part of its time. `waiting`: for the results of functions. */
export type TimelinePhase = 'queued' | 'working' | 'waiting';

/** Part of the time of a run. Times are in seconds since the run was created. */
export interface TimelineSpan {
  phase: TimelinePhase;
  start: number;
  end: number;
}

/** Time of one step, in seconds since the run was created. */
export interface TimelineStep {
  step: RunStep;
  phase: TimelinePhase;
  start: number;
  end: number;
}

/** Times of a run and its steps. */
export interface RunTimeline {
  /** Seconds from the creation of the run to its end, or to now. */
  duration: number;
  /** The phases of the run, in order, without gaps. */
  spans: TimelineSpan[];
  /** In the order of the steps. */
  steps: TimelineStep[];
}

/**
 * Returns how the time of a run was spent. The times of a server may be missing or contradict each other: they are limited to the
 * time of the run.
 *
 * @param now Server time in Unix seconds. Without it, a run that has not settled ends with its last known time.
 */
export function getRunTimeline(
  run: Run,
  steps: readonly RunStep[],
  now: number | undefined,
): RunTimeline {
  const start = toTime(run.created_at) ?? 0;
  const known = [run.started_at, ...steps.flatMap((step) => [step.created_at, getStepEnd(step)])];
  const lastKnown = Math.max(start, ...known.map(toTime).filter((time) => time !== undefined));
  const end = Math.max(start, getLastTime(run, now) ?? lastKnown);
  const toOffset = (time: number): number => Math.min(Math.max(time, start), end) - start;

  const entries = steps.map((step): TimelineStep => {
    const created = toTime(step.created_at) ?? start;
    const ended = toTime(getStepEnd(step)) ?? (step.status === 'in_progress' ? end : created);
    return {
      step,
      phase: isFunctionStep(step) ? 'waiting' : 'working',
      start: toOffset(created),
      end: toOffset(Math.max(created, ended)),
    };
  });
  const stepStarts = steps.map((step) => toTime(step.created_at) ?? Infinity);
  // Servers set `started_at` again when a run continues with the results of functions.
  const started = Math.min(
    toTime(run.started_at) ?? Infinity,
    ...stepStarts.filter((time) => time >= start),
  );
  const queuedUntil = toOffset(started);
  return {
    duration: end - start,
    spans: getSpans(end - start, queuedUntil, entries),
    steps: entries,
  };
}

/** Splits the time of a run into phases. Times of functions that overlap are one phase. */
function getSpans(
  duration: number,
  queuedUntil: number,
  steps: readonly TimelineStep[],
): TimelineSpan[] {
  const spans: TimelineSpan[] = [];
  const add = (phase: TimelinePhase, start: number, end: number): void => {
    if (end > start) spans.push({ phase, start, end });
  };
  add('queued', 0, queuedUntil);
  let position = queuedUntil;
  const waits = steps.filter(({ phase }) => phase === 'waiting');
  for (const { start, end } of waits.toSorted((a, b) => a.start - b.start)) {
    add('working', position, Math.max(start, position));
    add('waiting', Math.max(start, position), end);
    position = Math.max(position, end);
  }
  add('working', position, duration);
  return spans;
}

/** Returns the sum of the times of each phase, in seconds. Phases without time are left out. */
export function sumPhases(spans: readonly TimelineSpan[]): Map<TimelinePhase, number> {
  const sums = new Map<TimelinePhase, number>();
  for (const { phase, start, end } of spans) sums.set(phase, (sums.get(phase) ?? 0) + end - start);
  return sums;
}

/** Steps of an axis, in seconds. */
const TICK_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400];

/** Maximum number of marks on an axis, without its beginning. */
const MAX_TICKS = 4;

/** Returns the distance between two marks of the axis of a timeline, in seconds. */
export function getTickSeconds(duration: number): number {
  return TICK_SECONDS.find((seconds) => duration / seconds <= MAX_TICKS) ?? duration / MAX_TICKS;
}

/** The server runs other tools, such as the code interpreter, while it works. */
function isFunctionStep({ step_details: details }: RunStep): boolean {
  return (
    details?.type === 'tool_calls' && details.tool_calls.some(({ type }) => type === 'function')
  );
}

function getLastTime(run: Run, now: number | undefined): number | undefined {
  if (!isSettled(run.status)) return now;
  return toTime(getRunEnd(run)) ?? (run.status === 'expired' ? toTime(run.expires_at) : undefined);
}

/** Returns undefined for times that are missing or not a number. */
function toTime(time: number | null | undefined): number | undefined {
  return typeof time === 'number' && Number.isFinite(time) ? time : undefined;
}
