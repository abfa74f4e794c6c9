import type { AssistantsClient } from '../client/client.js';
import type { AssistantsError } from '../client/errors.js';
import { clockSkewMs, pollAfterMs, pollDeadlineMs, pollDelayMs } from '../protocol/pollPolicy.js';
import type { Run } from '../protocol/types.js';
import { isHidden } from './pause.js';
import { putMessage, putRun, putStep, type RunState } from './reduceRun.js';

const STILL_REFRESH_MS = 150_000;

/** Asks for one run again and again, and knows when to ask next. */
export interface RunPoller {
  /** The state with the run as the server has it now, and with what it wrote whenever that may have changed. */
  poll(state: RunState, threadId: string, runId: string): Promise<RunState>;
  /** The state with the steps and messages as the server has them now. */
  refresh(state: RunState, run: { thread_id: string; id: string }): Promise<RunState>;
  /** A poll failed: the next one waits longer, and as long as the server asks. */
  missed(error: AssistantsError): void;
  delayMs(status: string): number;
  /** Whether the server should have ended the run by now, judged by its own clock. */
  isOverdue(run: Run): boolean;
}

/**
 * Polls `getRun`. Steps and messages are asked for only after a change, and now and then while nothing changes: a run that
 * stands still for ten minutes costs fewer than 90 requests.
 */
export function createRunPoller(client: AssistantsClient, signal: AbortSignal): RunPoller {
  let skewMs = 0;
  let askedMs: number | undefined;
  let unchangedPolls = 0;
  let changedAt = Date.now();
  let refreshedAt = -Infinity;
  // The next poll is the retry.
  const call = { signal, retry: 0 };

  async function refresh(state: RunState, { thread_id: threadId, id: runId }: { thread_id: string; id: string }) {
    const query = { order: 'asc', limit: 100 } as const;
    const steps = await client.listRunSteps({ threadId, runId, query }, call);
    const messages = await client.listMessages({ threadId, query: { ...query, run_id: runId } }, call);
    refreshedAt = Date.now();
    let next = state;
    for (const step of steps.data) next = putIfChanged(next, next.steps, step, putStep);
    for (const message of messages.data) {
      // Servers that do not know the filter answer with the whole thread.
      if (message.run_id === runId) next = putIfChanged(next, next.messages, message, putMessage);
    }
    return {
      ...next,
      steps: inOrderOf(steps.data, next.steps),
      messages: inOrderOf(messages.data, next.messages),
      isOutOfStep: false,
    };
  }

  return {
    refresh,
    async poll(state, threadId, runId) {
      const { data: run, response } = await client.request('getRun', { threadId, runId }, call);
      skewMs = clockSkewMs(response.headers, Date.now());
      askedMs = pollAfterMs(response.headers);
      let next = putRun(state, run);
      const hasNewStatus = next.run?.status !== state.run?.status;
      if (hasNewStatus || state.isOutOfStep || unchangedPolls === 0 || Date.now() - refreshedAt > STILL_REFRESH_MS) {
        next = await refresh(next, { thread_id: threadId, id: runId });
      }
      const hasChanged = hasNewStatus || next.messages !== state.messages || next.steps !== state.steps;
      unchangedPolls = hasChanged ? 0 : unchangedPolls + 1;
      if (hasChanged) changedAt = Date.now();
      return next;
    },
    missed(error) {
      unchangedPolls += 1;
      askedMs = error.retryAfterMs;
    },
    delayMs: (status) =>
      pollDelayMs({ unchangedPolls, unchangedForMs: Date.now() - changedAt, status, isHidden: isHidden(), askedMs }),
    isOverdue: (run) => Date.now() + skewMs > pollDeadlineMs(run),
  };
}

/** What was missed stands before what a stream has told since. */
function inOrderOf<T extends { id: string }>(truth: readonly T[], known: readonly T[]): readonly T[] {
  const places = new Map(truth.map(({ id }, index) => [id, index]));
  const placeOf = ({ id }: T) => places.get(id) ?? truth.length;
  const isInOrder = known.every((entry, index) => index === 0 || placeOf(known[index - 1] ?? entry) <= placeOf(entry));
  return isInOrder ? known : known.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function putIfChanged<T extends { id: string }>(
  state: RunState,
  list: readonly T[],
  incoming: T,
  put: (state: RunState, incoming: T) => RunState,
): RunState {
  const known = list.find((entry) => entry.id === incoming.id);
  return known && JSON.stringify(known) === JSON.stringify(incoming) ? state : put(state, incoming);
}
