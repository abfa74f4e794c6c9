import type { AssistantsClient, CallOptions } from '../../client/AssistantsClient.js';
import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import { isHidden } from '../../common/isHidden.js';
import { canRejoin } from '../../protocol/extensions.js';
import { readClockSkewMs, readPollAfterMs } from '../../protocol/pollPolicy.js';
import type { Run } from '../../protocol/types.js';
import { compareRuns, hasStatusChange } from './compareRuns.js';
import { createRunList, type RunList } from './createRunList.js';
import type { RunIds } from './getRunIds.js';
import { planPause, planPoll, type PollDelay } from './planPoll.js';
import {
  createPollingState,
  LIST_NAMES,
  reducePolling,
  type PollingEvent,
} from './reducePolling.js';
import { applyRun, type ListName, type RunItems } from './reduceRun.js';
import type { RunState } from './RunState.js';
import { upsertList } from './upsertList.js';

/** Polls one run. Decides what to request and when. */
export interface RunPoller {
  /**
   * Requests what has most likely changed, and the rest if that has changed. Resolves with the new state.
   *
   * @throws AssistantsError if the first request fails.
   */
  poll(state: RunState, ids: RunIds): Promise<RunState>;
  /** Resolves with the final steps and messages of a settled run. Never rejects: lists that cannot be loaded stay unchanged. */
  finish(state: RunState, ids: RunIds): Promise<RunState>;
  /** Call after a stream or a submit. The next poll comes soon and requests everything. */
  restart(): void;
  /** Returns true if the server can continue the stream of a run, according to its last response. */
  canRejoin(): boolean;
  /** Call after a failed poll. Increases the delay, and respects the delay that the server asks for. */
  recordFailure(error: AssistantsError): void;
  /** Returns the delay before the next poll. Undefined if the server should have ended the run by now. */
  nextPause(run: Run | undefined): PollDelay | undefined;
}

/** Options for `createRunPoller`. */
export interface RunPollerOptions {
  client: AssistantsClient;
  signal: AbortSignal;
  now: () => number;
  /** Time at which following began. */
  startedAtMs: number;
}

type RunLists = { [Name in ListName]: RunList<RunItems[Name]> };

/** Status codes of servers without the list. */
const MISSING_STATUS_CODES: readonly (number | undefined)[] = [404, 405, 501];

/**
 * Creates the poller of one run.
 *
 * Every second poll requests the run. The polls between request its messages and steps: both for 40 s after a change, then one
 * of them. While the run cannot write (queued, requires_action, cancelling), every poll requests the run. A new status of the
 * run causes requests for messages and steps in the same poll, and a new or ended message or step causes one for the run. A
 * growing message is requested every second.
 *
 * So a new message or step is seen after two polls at most, and a run without changes costs fewer than 90 requests in ten
 * minutes. Requesting everything each time would cost three times as much, and requesting only the run would miss what it
 * writes.
 */
export function createRunPoller({ client, signal, now, startedAtMs }: RunPollerOptions): RunPoller {
  let polling = reducePolling(createPollingState(startedAtMs), { type: 'restarted', nowMs: now() });
  let lists: RunLists | undefined;
  let isRejoinAnnounced = false;
  // A failed poll is retried by the next poll.
  const call = { signal, retry: 0 };

  const dispatch = (event: PollingEvent) => {
    polling = reducePolling(polling, event);
  };

  async function fetchRun(state: RunState, ids: RunIds): Promise<RunState> {
    const { run, response } = await requestRun(client, ids, call);
    isRejoinAnnounced = canRejoin(response.headers);
    dispatch({
      type: 'runFetched',
      skewMs: readClockSkewMs(response.headers, now()),
      requestedMs: readPollAfterMs(response.headers),
    });
    return applyRun(state, run);
  }

  async function fetchList(
    state: RunState,
    list: ListName,
    ids: RunIds,
    options: CallOptions,
  ): Promise<RunState> {
    if (polling.missingLists.includes(list)) return state;
    lists ??= createRunLists(client, ids);
    try {
      const items = await lists[list](options);
      dispatch({ type: 'listFetched', list });
      return upsertList(state, list, items);
    } catch (thrown) {
      const error = toAssistantsError(thrown);
      const isMissing = error.kind === 'unsupported' || MISSING_STATUS_CODES.includes(error.status);
      dispatch({ type: 'listFailed', list, isMissing });
      if (isMissing) return state;
      throw error;
    }
  }

  /** Ignores failures, so that no list is lost because another one failed. Failed lists are requested by later polls. */
  async function fetchLists(
    state: RunState,
    names: readonly ListName[],
    ids: RunIds,
    options: CallOptions,
  ): Promise<RunState> {
    let next = state;
    for (const list of names) {
      try {
        next = await fetchList(next, list, ids, options);
      } catch {
        // `polling` has recorded the failure.
      }
    }
    return { ...next, isDesynced: polling.failingLists.length > 0 };
  }

  return {
    async poll(state, ids) {
      const plan = planPoll(polling, state, now());
      dispatch({ type: 'pollStarted' });
      let next = state;
      for (const list of plan.lists) next = await fetchList(next, list, ids, call);
      if (plan.lists.length === 0 || hasStatusChange(state, next)) next = await fetchRun(next, ids);
      const isFull = plan.isFull || hasStatusChange(state, next);
      if (isFull) {
        const rest = LIST_NAMES.filter(
          (list) => !plan.lists.includes(list) && !polling.failingLists.includes(list),
        );
        next = await fetchLists(next, rest, ids, call);
        signal.throwIfAborted();
      }
      dispatch({ type: 'pollSucceeded', change: compareRuns(state, next), isFull, nowMs: now() });
      return next;
    },
    finish: (state, ids) => fetchLists(state, LIST_NAMES, ids, { signal, retry: 2 }),
    restart: () => dispatch({ type: 'restarted', nowMs: now() }),
    canRejoin: () => isRejoinAnnounced,
    recordFailure: ({ retryAfterMs }) => dispatch({ type: 'pollFailed', retryAfterMs }),
    nextPause: (run) => planPause(polling, run, { nowMs: now(), isHidden: isHidden() }),
  };
}

/** Requests a run. Servers that cannot return one run may list the runs of its thread. */
async function requestRun(
  client: AssistantsClient,
  ids: RunIds,
  call: CallOptions,
): Promise<{ run: Run; response: Response }> {
  try {
    const { data: run, response } = await client.requestWithResponse('getRun', ids, call);
    return { run, response };
  } catch (error) {
    const canList = client.supports('listRuns') !== false;
    if (toAssistantsError(error).kind !== 'unsupported' || !canList) throw error;
    const params = { threadId: ids.threadId, query: { order: 'desc', limit: 20 } } as const;
    const { data, response } = await client.requestWithResponse('listRuns', params, call);
    const run = data.data.find(({ id }) => id === ids.runId);
    if (!run) throw error;
    return { run, response };
  }
}

function createRunLists(client: AssistantsClient, { threadId, runId }: RunIds): RunLists {
  return {
    messages: createRunList({
      fetchPage: (query, options) =>
        client.listMessages({ threadId, query: { ...query, run_id: runId } }, options),
      isOfRun: (message) => message.run_id === runId,
    }),
    steps: createRunList({
      fetchPage: (query, options) => client.listRunSteps({ threadId, runId, query }, options),
    }),
  };
}
