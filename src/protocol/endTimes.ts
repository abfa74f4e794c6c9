import type { Run, RunStep } from './types.js';

/** Returns when a run ended, in Unix seconds. Undefined while it is active, and for servers that do not tell. */
export function getRunEnd(run: Run): number | undefined {
  return run.completed_at ?? run.failed_at ?? run.cancelled_at ?? undefined;
}

/** Returns when a step ended, in Unix seconds. Undefined while it is in progress, and for servers that do not tell. */
export function getStepEnd(step: RunStep): number | undefined {
  return step.completed_at ?? step.failed_at ?? step.cancelled_at ?? step.expired_at ?? undefined;
}
