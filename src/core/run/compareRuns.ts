import type { ListName } from './reduceRun.js';
import type { RunState } from './RunState.js';

/** Difference between two states of a run. */
export type RunChange =
  | { type: 'unchanged' }
  /** Only known messages or steps have grown. */
  | { type: 'grown'; list: ListName }
  /** The run, a message or a step is new or has a new status. */
  | { type: 'changed' };

/** Compares two states of a run. If both lists have grown, messages win, because users see their text. */
export function compareRuns(before: RunState, after: RunState): RunChange {
  if (hasStatusChange(before, after)) return { type: 'changed' };
  if (after.messages !== before.messages) return { type: 'grown', list: 'messages' };
  if (after.steps !== before.steps) return { type: 'grown', list: 'steps' };
  return { type: 'unchanged' };
}

/** Returns true if the run, a message or a step is new or has a new status. */
export function hasStatusChange(before: RunState, after: RunState): boolean {
  return serializeStatuses(before) !== serializeStatuses(after);
}

function serializeStatuses({ run, messages, steps }: RunState): string {
  return JSON.stringify([
    run?.status,
    ...[...messages, ...steps].map(({ id, status }) => [id, status]),
  ]);
}
