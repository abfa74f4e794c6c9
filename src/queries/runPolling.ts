import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import { toAssistantsError, type AssistantsError } from '../client/errors.js';
import { clockSkewMs, pollAfterMs, pollDelayMs, pollTimeLeftMs } from '../protocol/pollPolicy.js';
import { isSettled } from '../protocol/runStatus.js';
import type { Run } from '../protocol/types.js';

interface PollState {
  /** What tells that something is new. */
  progress: string;
  unchangedPolls: number;
  changedAt: number;
  /** Of the first poll. */
  beganAt: number;
  /** Of the last poll, with or without an answer. */
  polledAt: number;
  /** As drawn by the policy at the last poll; in a hidden page another. */
  delayMs: number;
  hiddenDelayMs: number;
  skewMs: number | undefined;
}

/** One for each cached query, however many components poll it. */
const states = new WeakMap<object, PollState>();

interface Polled {
  /** A text that differs whenever something is new. */
  progress: string;
  status: string;
}

/**
 * Fetches for a query that polls, and notes what the next poll is planned by.
 *
 * @param fetchNow Resolves with the data and the headers of the answer, where those are to be had.
 */
export async function polled<Data>(
  queryClient: QueryClient,
  queryKey: QueryKey,
  fetchNow: () => Promise<{ data: Data; headers?: Headers }>,
  read: (data: Data) => Polled,
): Promise<Data> {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true });
  try {
    const { data, headers = new Headers() } = await fetchNow();
    if (query) states.set(query, afterAnswer(states.get(query), read(data), headers, Date.now()));
    return data;
  } catch (thrown) {
    const error = toAssistantsError(thrown);
    if (query && error.kind !== 'aborted') states.set(query, afterFailure(states.get(query), error, Date.now()));
    throw error;
  }
}

/**
 * For TanStack's `refetchInterval`: the time to the next poll, or false where there is none to come. The same for every
 * component that polls the query, so that all of them together ask as often as one.
 */
export function untilNextPoll<Data>(
  query: Query<Data, AssistantsError, Data, QueryKey>,
  read: (data: Data) => Polled,
): number | false {
  const { data, dataUpdatedAt, error, status, fetchStatus } = query.state;
  // Asked again when the fetch ends; paused ones go on by themselves.
  if (fetchStatus !== 'idle') return false;
  if (status === 'error' && error && endsPolling(error)) return false;
  let state = states.get(query);
  if (data !== undefined && state?.progress !== read(data).progress) {
    // Whatever was written by others, such as a mutation or a stream, is as good as an answer.
    state = afterAnswer(undefined, read(data), new Headers(), dataUpdatedAt);
  }
  if (state === undefined) return false;
  const delayMs = isHidden() ? state.hiddenDelayMs : state.delayMs;
  return Math.max(Math.max(state.polledAt, dataUpdatedAt) + delayMs - Date.now(), 1);
}

/** Whether a run is polled no more: it has settled, or the server should have ended it long ago, by its own clock. */
export function isPolledOut(query: object, run: Pick<Run, 'status' | 'created_at' | 'expires_at'>): boolean {
  if (isSettled(run.status)) return true;
  const state = states.get(query);
  // What was not polled yet, such as the page of a server, is asked for once before it is given up.
  return state !== undefined && pollTimeLeftMs(run, { nowMs: Date.now(), beganAtMs: state.beganAt, skewMs: state.skewMs }) < 0;
}

/** Whether asking again can only give the same answer. */
function endsPolling({ kind, status = 0, retryable }: AssistantsError): boolean {
  return kind === 'invalid-id' || (status >= 400 && status < 500 && !retryable);
}

function afterAnswer(state: PollState | undefined, { progress, status }: Polled, headers: Headers, nowMs: number): PollState {
  const isNew = state?.progress !== progress;
  const next = {
    progress,
    unchangedPolls: isNew ? 0 : state.unchangedPolls + 1,
    changedAt: isNew ? nowMs : state.changedAt,
    beganAt: state?.beganAt ?? nowMs,
    skewMs: clockSkewMs(headers, nowMs) ?? state?.skewMs,
  };
  return { ...next, polledAt: nowMs, ...delaysOf(next, status, pollAfterMs(headers), nowMs) };
}

function afterFailure(state: PollState | undefined, { retryAfterMs = 0 }: AssistantsError, nowMs: number): PollState {
  const first = { progress: '', unchangedPolls: 0, changedAt: nowMs, beganAt: nowMs, skewMs: undefined };
  const next = { ...(state ?? first), unchangedPolls: (state?.unchangedPolls ?? 0) + 1 };
  const { delayMs, hiddenDelayMs } = delaysOf(next, '', undefined, nowMs);
  return {
    ...next,
    polledAt: nowMs,
    delayMs: Math.max(delayMs, retryAfterMs),
    hiddenDelayMs: Math.max(hiddenDelayMs, retryAfterMs),
  };
}

function delaysOf(
  { unchangedPolls, changedAt }: Pick<PollState, 'unchangedPolls' | 'changedAt'>,
  status: string,
  askedMs: number | undefined,
  nowMs: number,
): Pick<PollState, 'delayMs' | 'hiddenDelayMs'> {
  const situation = { unchangedPolls, unchangedForMs: nowMs - changedAt, status, askedMs };
  return {
    delayMs: pollDelayMs({ ...situation, isHidden: false }),
    hiddenDelayMs: pollDelayMs({ ...situation, isHidden: true }),
  };
}

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}
