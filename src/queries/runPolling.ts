import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import { toAssistantsError, type AssistantsError } from '../client/errors.js';
import { clockSkewMs, pollAfterMs, pollDelayMs, pollTimeLeftMs } from '../protocol/pollPolicy.js';
import { isSettled } from '../protocol/runStatus.js';
import type { Run } from '../protocol/types.js';
import { isHidden } from '../stream/pause.js';

interface PollState {
  /** Of the run, when it was last told. */
  status: string;
  unchangedPolls: number;
  changedAt: number;
  /** Of the first poll. */
  beganAt: number;
  /** Of the last poll, with or without an answer. */
  polledAt: number;
  /** What the server asks for: between polls, and after one that failed. */
  askedMs: number | undefined;
  retryAfterMs: number;
  skewMs: number | undefined;
  /** Drawn once a poll: the pause behind it is the same whoever asks. */
  chance: number;
}

/** One for each cached query, however many components poll it. */
const states = new WeakMap<object, PollState>();

/** Asks for a run, and notes what the next poll is planned by. */
export async function polled(
  queryClient: QueryClient,
  queryKey: QueryKey,
  ask: () => Promise<{ data: Run; response: Response }>,
): Promise<Run> {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true }) ?? {};
  const state = states.get(query);
  try {
    const { data, response } = await ask();
    states.set(query, afterPoll(state, data.status, Date.now(), response.headers));
    return data;
  } catch (thrown) {
    const error = toAssistantsError(thrown);
    const { kind, retryAfterMs = 0 } = error;
    const status = queryClient.getQueryData<Run>(queryKey)?.status ?? '';
    if (kind !== 'aborted') states.set(query, { ...afterPoll(state, status, Date.now()), retryAfterMs });
    throw error;
  }
}

/**
 * For TanStack's `refetchInterval`: the time to the next poll, or false where there is none to come, since the run has settled
 * or should have long ago, or the server will not answer otherwise. The same for every component that polls the query, so that
 * all of them together ask as often as one.
 */
export function untilNextPoll(query: Query<Run, AssistantsError, Run, QueryKey>): number | false {
  const { data, dataUpdatedAt, error, status, fetchStatus } = query.state;
  // Asked again when the fetch ends; paused ones go on by themselves.
  if (fetchStatus !== 'idle' || (status === 'error' && error && endsPolling(error))) return false;
  const known = states.get(query);
  if (data && isPolledOut(data, known)) return false;
  // Whatever was written by others, such as a mutation or a stream, is as good as an answer.
  const state = data && data.status !== known?.status ? afterPoll(undefined, data.status, dataUpdatedAt) : known;
  if (state === undefined) return false;
  const { polledAt, changedAt, retryAfterMs, chance } = state;
  const delayMs = pollDelayMs({ ...state, unchangedForMs: polledAt - changedAt, isHidden: isHidden() }, () => chance);
  return Math.max(Math.max(polledAt, dataUpdatedAt) + Math.max(delayMs, retryAfterMs) - Date.now(), 1);
}

/** Whether a run is polled no more: it has settled, or the server should have ended it long ago, by its own clock. */
function isPolledOut(run: Run, state: PollState | undefined): boolean {
  if (isSettled(run.status)) return true;
  // What was not polled yet, such as the page of a server, is asked for once before it is given up.
  return state !== undefined && pollTimeLeftMs(run, { nowMs: Date.now(), beganAtMs: state.beganAt, skewMs: state.skewMs }) < 0;
}

/** Whether asking again can only give the same answer. */
function endsPolling({ kind, status = 0, retryable }: AssistantsError): boolean {
  return kind === 'invalid-id' || (status >= 400 && status < 500 && !retryable);
}

function afterPoll(state: PollState | undefined, status: string, nowMs: number, headers = new Headers()): PollState {
  const isNew = state?.status !== status;
  return {
    status,
    unchangedPolls: isNew ? 0 : state.unchangedPolls + 1,
    changedAt: isNew ? nowMs : state.changedAt,
    beganAt: state?.beganAt ?? nowMs,
    polledAt: nowMs,
    askedMs: pollAfterMs(headers),
    retryAfterMs: 0,
    skewMs: clockSkewMs(headers, nowMs) ?? state?.skewMs,
    chance: Math.random(),
  };
}
