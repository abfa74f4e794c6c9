import type { Run, RunStatus } from './types.js';

const SETTLED = new Set<string>([
  'cancelled',
  'failed',
  'completed',
  'incomplete',
  'expired',
] satisfies RunStatus[]);

/** Whether a run of this status has ended for good. A status that nobody knows counts as active. */
export function isSettled(status: string): boolean {
  return SETTLED.has(status);
}

/** Whether a run of this status locks its thread. */
export function isActive(status: string): boolean {
  return !SETTLED.has(status);
}

/**
 * The newer of two snapshots of one run, whatever order they arrived in: a settled run stays as it is, a run that is being
 * cancelled goes nowhere but to its end. All else takes the incoming snapshot, since queued, in_progress and
 * requires_action come round again with every submit of tool outputs.
 */
export function mergeRun<R extends Pick<Run, 'status'>>(current: R | undefined, incoming: R): R {
  if (current === undefined || isSettled(incoming.status)) return incoming;
  return isSettled(current.status) || current.status === 'cancelling' ? current : incoming;
}
