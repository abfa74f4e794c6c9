import type { Run, RunStatus } from './types.js';

const SETTLED = new Set<string>([
  'cancelled',
  'failed',
  'completed',
  'incomplete',
  'expired',
] satisfies RunStatus[]);

/** Returns true if a run, or a run with this status, has ended. Unknown statuses count as active. */
export function isSettled(run: string | { status: string }): boolean {
  return SETTLED.has(typeof run === 'string' ? run : run.status);
}

/** Returns true if a run, or a run with this status, locks its thread. Unknown statuses count as active. */
export function isActive(run: string | { status: string }): boolean {
  return !isSettled(run);
}

/**
 * Returns the newer of two snapshots of a run, in any order of arrival. A settled run stays settled, and a run in
 * `cancelling` can only settle. Otherwise the incoming snapshot wins: `queued`, `in_progress` and `requires_action`
 * repeat with every submit of tool outputs.
 */
export function mergeRun<R extends Pick<Run, 'status'>>(current: R | undefined, incoming: R): R {
  if (current === undefined || isSettled(incoming.status)) return incoming;
  return isSettled(current.status) || current.status === 'cancelling' ? current : incoming;
}
