import type { Query, QueryFunctionContext, QueryKey } from '@tanstack/react-query';
import type { AssistantsError } from '../client/AssistantsError.js';
import { isHidden } from '../common/isHidden.js';
import {
  getPollDelayMs,
  getPollTimeLeftMs,
  readClockSkewMs,
  readPollAfterMs,
} from '../protocol/pollPolicy.js';
import { isSettled } from '../protocol/runStatus.js';
import type { Run } from '../protocol/types.js';

/** Record of the polls of a run. Times are in milliseconds of the local clock. */
interface PollRecord {
  /** Status at the last poll; empty before the first response. */
  status: string;
  unchangedPolls: number;
  changedAtMs: number;
  startedAtMs: number;
  /** Delay that the server requested in the last response; undefined after a failed poll. */
  requestedMs: number | undefined;
  skewMs: number | undefined;
}

/** Records by cached query, shared by all components that poll it. */
const pollRecords = new WeakMap<object, PollRecord>();

/** Runs the query function of a polled run, and records what the next delay depends on. */
export async function pollRun(
  { client, queryKey, signal }: QueryFunctionContext,
  fetchRun: () => Promise<{ data: Run; response: Response }>,
): Promise<Run> {
  const query = client.getQueryCache().find({ queryKey }) ?? {};
  const record = (status = '', headers?: Headers) =>
    pollRecords.set(query, recordPoll(pollRecords.get(query), status, Date.now(), headers));
  try {
    const { data, response } = await fetchRun();
    record(data.status, response.headers);
    return data;
  } catch (error) {
    if (!signal.aborted) record(client.getQueryData<Run>(queryKey)?.status);
    throw error;
  }
}

/**
 * Returns the time until the next poll in milliseconds, for TanStack's `refetchInterval`; false if the run has settled
 * or should have, or if the server would give the same error again. Several components that poll a query send as many
 * requests as one: each poll makes all of them plan the next one.
 */
export function getRefetchInterval(
  query: Query<Run, AssistantsError, Run, QueryKey>,
): number | false {
  const { data, dataUpdatedAt, error, errorUpdatedAt, fetchStatus } = query.state;
  // TanStack Query calls this again when the fetch ends. It resumes a paused fetch automatically.
  if (fetchStatus !== 'idle' || (error && isFinalError(error))) return false;
  const known = pollRecords.get(query);
  if (data && isPollingOver(data, known)) return false;
  // A status written by a mutation or a stream counts like the response of a poll.
  const record =
    data && data.status !== known?.status
      ? recordPoll(undefined, data.status, dataUpdatedAt)
      : known;
  if (record === undefined) return false;
  const polledAtMs = Math.max(dataUpdatedAt, errorUpdatedAt);
  const delayMs = getPollDelayMs({
    ...record,
    unchangedForMs: polledAtMs - record.changedAtMs,
    isHidden: isHidden(),
  });
  return Math.max(polledAtMs + Math.max(delayMs, error?.retryAfterMs ?? 0) - Date.now(), 1);
}

/** Returns true if a run has settled, or should have by the clock of the server. */
function isPollingOver(run: Run, record: PollRecord | undefined): boolean {
  if (isSettled(run.status)) return true;
  // A run that was not polled yet, such as one from server rendering, is fetched once before polling ends.
  if (record === undefined) return false;
  return getPollTimeLeftMs(run, { nowMs: Date.now(), ...record }) < 0;
}

/** Returns true if another request would fail with the same error. */
export function isFinalError({ kind, status = 0, retryable }: AssistantsError): boolean {
  return kind === 'invalid-id' || (status >= 400 && status < 500 && !retryable);
}

function recordPoll(
  previous: PollRecord | undefined,
  status: string,
  nowMs: number,
  headers = new Headers(),
): PollRecord {
  const isUnchanged = previous?.status === status;
  return {
    status,
    unchangedPolls: isUnchanged ? previous.unchangedPolls + 1 : 0,
    changedAtMs: isUnchanged ? previous.changedAtMs : nowMs,
    startedAtMs: previous?.startedAtMs ?? nowMs,
    requestedMs: readPollAfterMs(headers),
    skewMs: readClockSkewMs(headers, nowMs) ?? previous?.skewMs,
  };
}
