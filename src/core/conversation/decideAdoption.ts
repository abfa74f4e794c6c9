import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';

/**
 * Action for a run that was found in the thread:
 * - 'ignore': keep the current run.
 * - 'follow': follow the run to its end.
 * - 'show': show the settled run.
 * - 'wait': decide again when the current run has ended.
 */
export type Adoption = 'ignore' | 'follow' | 'show' | 'wait';

export interface AdoptionState {
  /** The run that is followed, or that was followed last. */
  current: Run | undefined;
  /** True while `current` is followed, or a run is being created. */
  isBusy: boolean;
  /** True if the outbox has messages to send, which create runs of their own. */
  hasPendingItems: boolean;
}

/** Decides how a conversation adopts a run that this page did not start. */
export function decideAdoption(
  run: Run,
  { current, isBusy, hasPendingItems }: AdoptionState,
): Adoption {
  if (hasPendingItems) return 'ignore';
  const isCurrent = current?.id === run.id;
  if (isCurrent && isSettled(current.status)) return 'ignore';
  if (isBusy) {
    // The other tab has seen the end of the current run first, and has started the next one.
    return current !== undefined && !isCurrent ? 'wait' : 'ignore';
  }
  if (!isSettled(run.status)) return 'follow';
  // The response can be older than a run that was followed in the meantime.
  const isOutdated = current !== undefined && current.created_at >= run.created_at;
  return isOutdated ? 'ignore' : 'show';
}
