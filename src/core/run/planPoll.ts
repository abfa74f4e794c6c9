import { getPollDelayMs, getPollTimeLeftMs } from '../../protocol/pollPolicy.js';
import type { Run } from '../../protocol/types.js';
import { LIST_NAMES, type PollingState } from './reducePolling.js';
import type { ListName } from './reduceRun.js';
import type { RunState } from './RunState.js';

/** First requests of a poll. */
export interface PollPlan {
  /** True if the poll requests the run and both lists. */
  isFull: boolean;
  /** Lists to request instead of the run. Empty if the run is requested. */
  lists: readonly ListName[];
}

/** Time after a change during which a poll of lists requests both of them. */
const BOTH_LISTS_MS = 40_000;
/** Statuses in which a run writes no messages and no steps. */
const IDLE_STATUSES: readonly (string | undefined)[] = ['queued', 'requires_action', 'cancelling'];

/** Decides what a poll requests first. `createRunPoller` documents the pattern. */
export function planPoll(
  state: PollingState,
  { run, isDesynced }: Pick<RunState, 'run' | 'isDesynced'>,
  nowMs: number,
): PollPlan {
  const isFull = (state.isFullPollDue || isDesynced) && state.failingLists.length === 0;
  return { isFull, lists: isFull ? [] : getListsInTurn(state, run?.status, nowMs) };
}

function getListsInTurn(
  { turn, growingList, failingLists, missingLists, changedAtMs }: PollingState,
  status: string | undefined,
  nowMs: number,
): readonly ListName[] {
  const isHealthy = failingLists.length === 0;
  if (isHealthy && IDLE_STATUSES.includes(status)) return [];
  if (growingList !== undefined) return [growingList];
  if (turn % 2 === 0) return [];
  const ordered = turn % 4 === 1 ? LIST_NAMES.toReversed() : LIST_NAMES;
  const available = ordered.filter((list) => !missingLists.includes(list));
  const isRecent = nowMs - changedAtMs < BOTH_LISTS_MS;
  return isHealthy && isRecent ? available : available.slice(0, 1);
}

/** Delay before a poll, in milliseconds. */
export interface PollDelay {
  delayMs: number;
  /** Part of the delay that passes even if the page is shown or the network comes back. */
  minDelayMs: number;
}

/** Lower bound of the delay when the page is shown or the network comes back. */
const MIN_DELAY_MS = 400;

/**
 * Returns the delay before the next poll. Undefined if the server should have ended the run by now, judged by the server's
 * clock.
 *
 * @param random Returns the jitter, from 0 to 1.
 */
export function planPause(
  { startedAtMs, skewMs, requestedMs, retryAfterMs, unchangedPolls, changedAtMs }: PollingState,
  run: Run | undefined,
  { nowMs, isHidden }: { nowMs: number; isHidden: boolean },
  random?: () => number,
): PollDelay | undefined {
  const timeLeftMs = getPollTimeLeftMs(run, { nowMs, startedAtMs, skewMs });
  if (timeLeftMs < 0) return undefined;
  const situation = {
    unchangedPolls,
    unchangedForMs: nowMs - changedAtMs,
    status: run?.status ?? '',
    requestedMs,
    isHidden,
  };
  // One more millisecond, so that the next call finds the time used up.
  const plannedMs = Math.min(getPollDelayMs(situation, random), timeLeftMs + 1);
  const minDelayMs = Math.max(retryAfterMs ?? 0, Math.min(requestedMs ?? MIN_DELAY_MS, plannedMs));
  return { delayMs: Math.max(plannedMs, minDelayMs), minDelayMs };
}
