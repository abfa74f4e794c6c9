import type { Query, QueryFunctionContext, QueryKey } from '@tanstack/react-query';
import type { AssistantsError } from '../client/errors.js';
import { clockSkewMs, pollAfterMs, pollDelayMs, pollTimeLeftMs } from '../protocol/pollPolicy.js';
import { isSettled } from '../protocol/runStatus.js';
import type { Run } from '../protocol/types.js';
import { isHidden } from '../common/isHidden.js';

/** What the polls of a run have come to. Times are of our clock. */
interface Polls {
  /** Of the run, when it was last told; empty until then. */
  status: string;
  unchangedPolls: number;
  changedAtMs: number;
  beganAtMs: number;
  /** What the server has asked for; nothing where it did not answer. */
  askedMs: number | undefined;
  skewMs: number | undefined;
}

/** One for each cached query, however many components poll it. */
const pollsOf = new WeakMap<object, Polls>();

/** Asks for a run, and notes what the next poll is planned by. */
export async function pollRun(
  { client, queryKey, signal }: QueryFunctionContext,
  ask: () => Promise<{ data: Run; response: Response }>,
): Promise<Run> {
  const query = client.getQueryCache().find({ queryKey }) ?? {};
  const note = (status = '', headers?: Headers) =>
    pollsOf.set(query, afterPoll(pollsOf.get(query), status, Date.now(), headers));
  try {
    const { data, response } = await ask();
    note(data.status, response.headers);
    return data;
  } catch (error) {
    if (!signal.aborted) note(client.getQueryData<Run>(queryKey)?.status);
    throw error;
  }
}

/**
 * For TanStack's `refetchInterval`: the time to the next poll, or false where there is none to come, since the run has settled
 * or should have long ago, or the server will not answer otherwise. All components that poll the query ask as often together
 * as one alone: whichever of them is first, the others plan anew.
 */
export function getPollDelayMs(query: Query<Run, AssistantsError, Run, QueryKey>): number | false {
  const { data, dataUpdatedAt, error, errorUpdatedAt, fetchStatus } = query.state;
  // Asked again when the fetch ends; paused ones go on by themselves.
  if (fetchStatus !== 'idle' || (error && endsPolling(error))) return false;
  const known = pollsOf.get(query);
  if (data && isPolledOut(data, known)) return false;
  // Whatever was written by others, such as a mutation or a stream, is as good as an answer.
  const polls =
    data && data.status !== known?.status
      ? afterPoll(undefined, data.status, dataUpdatedAt)
      : known;
  if (polls === undefined) return false;
  const polledAtMs = Math.max(dataUpdatedAt, errorUpdatedAt);
  const delayMs = pollDelayMs({
    ...polls,
    unchangedForMs: polledAtMs - polls.changedAtMs,
    isHidden: isHidden(),
  });
  return Math.max(polledAtMs + Math.max(delayMs, error?.retryAfterMs ?? 0) - Date.now(), 1);
}

/** Whether a run is polled no more: it has settled, or the server should have ended it long ago, by its own clock. */
function isPolledOut(run: Run, polls: Polls | undefined): boolean {
  // What was not polled yet, such as the page of a server, is asked for once before it is given up.
  return (
    isSettled(run.status) ||
    (polls !== undefined && pollTimeLeftMs(run, { nowMs: Date.now(), ...polls }) < 0)
  );
}

/** Whether asking again can only give the same answer. */
function endsPolling({ kind, status = 0, retryable }: AssistantsError): boolean {
  return kind === 'invalid-id' || (status >= 400 && status < 500 && !retryable);
}

function afterPoll(
  polls: Polls | undefined,
  status: string,
  nowMs: number,
  headers = new Headers(),
): Polls {
  const isNew = polls?.status !== status;
  return {
    status,
    unchangedPolls: isNew ? 0 : polls.unchangedPolls + 1,
    changedAtMs: isNew ? nowMs : polls.changedAtMs,
    beganAtMs: polls?.beganAtMs ?? nowMs,
    askedMs: pollAfterMs(headers),
    skewMs: clockSkewMs(headers, nowMs) ?? polls?.skewMs,
  };
}
