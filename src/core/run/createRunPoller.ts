import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { AssistantsError, toAssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams } from '../../client/operations.js';
import {
  readClockSkewMs,
  readPollAfterMs,
  getPollDelayMs,
  getPollTimeLeftMs,
} from '../../protocol/pollPolicy.js';
import type { Run } from '../../protocol/types.js';
import { createRunList, type RunList } from './createRunList.js';
import { isHidden } from '../../common/isHidden.js';
import { upsertList } from './upsertList.js';
import { applyRun, type ListName, type RunState, type RunItems } from './reduceRun.js';

/** Which run it is. */
export type RunIds = OperationParams<'getRun'>;

/** Asks for one run again and again, and knows when to ask next. */
export interface RunPoller {
  /**
   * Asks once for what has most likely changed, and where that brings news for the rest too. The state with what was found.
   *
   * @throws AssistantsError What was asked for first got no answer.
   */
  poll(state: RunState, ids: RunIds): Promise<RunState>;
  /** The state with the steps and messages of a run that has ended. Never rejects: what is not told stays as it is. */
  finish(state: RunState, ids: RunIds): Promise<RunState>;
  /** Something else has moved the run, such as a stream: all of it is asked for, and soon. */
  restart(): void;
  /** A poll failed: the next one waits longer, and as long as the server asks. */
  missed(error: AssistantsError): void;
  /**
   * The pause before the next poll, and what of it must pass even when the page is shown or the network is back. Undefined
   * when the server should have ended the run by now, judged by its own clock.
   */
  nextPause(run: Run | undefined): { delayMs: number; leastMs: number } | undefined;
}

/** As many polls as it takes for pauses of about a second: the pace at which a growing text is asked for. */
const GROWING_POLLS = 2;
/** No page is shown and hidden often enough to poll faster than this. */
const LEAST_MS = 400;
/** How long after something new messages and steps are both looked at in one turn. */
const LIVELY_MS = 40_000;
const NO_LIST = new Set([404, 405, 501]);
const WRITES_NOTHING = new Set<string | undefined>(['queued', 'requires_action', 'cancelling']);
const LISTS = ['steps', 'messages'] as const satisfies ListName[];

/**
 * Every second poll asks for the run. The turns between ask for its messages and steps: for both while something was new not
 * long ago, then for one of them; and for the run instead where nothing can be written (queued, waiting, being cancelled).
 * What is found asks for the rest at once: a new status for messages and steps, a new or ended message or step for the run.
 * A message that grows is asked for each second. So what comes with a step or a message is seen two polls late at most, and a
 * run that stands still for ten minutes costs fewer than 90 requests.
 *
 * Asking for all three each time would cost three times as much; asking only for the run does not see what it writes.
 */
export function createRunPoller(client: AssistantsClient, signal: AbortSignal): RunPoller {
  const beganAtMs = Date.now();
  let skewMs: number | undefined;
  let askedMs: number | undefined;
  let retryAfterMs: number | undefined;
  let unchangedPolls = 0;
  let changedAt = beganAtMs;
  let turn = 0;
  let isOwed = true;
  let growing: ListName | undefined;
  let lists: ReturnType<typeof createLists> | undefined;
  const failing = new Set<ListName>();
  /** What some servers do not have. */
  const missing = new Set<ListName>();
  // The next poll is the retry.
  const call = { signal, retry: 0 };

  async function askRun(state: RunState, ids: RunIds): Promise<RunState> {
    const { data: run, response } = await client.requestWithResponse('getRun', ids, call);
    if (typeof run.status !== 'string')
      throw new AssistantsError('protocol', 'getRun: the answer is no run.', {
        operation: 'getRun',
      });
    skewMs = readClockSkewMs(response.headers, Date.now()) ?? skewMs;
    askedMs = readPollAfterMs(response.headers);
    return applyRun(state, run);
  }

  function createLists({ threadId, runId }: RunIds): {
    [Name in ListName]: RunList<RunItems[Name]>;
  } {
    return {
      messages: createRunList({
        fetchPage: (query, options) =>
          client.listMessages({ threadId, query: { ...query, run_id: runId } }, options),
        isOwn: (message) => message.run_id === runId,
      }),
      steps: createRunList({
        fetchPage: (query, options) => client.listRunSteps({ threadId, runId, query }, options),
      }),
    };
  }

  async function look(
    state: RunState,
    list: ListName,
    ids: RunIds,
    options = call,
  ): Promise<RunState> {
    if (missing.has(list)) return state;
    lists ??= createLists(ids);
    try {
      const listed = await lists[list](options);
      failing.delete(list);
      return upsertList(state, list, listed);
    } catch (thrown) {
      const error = toAssistantsError(thrown);
      if (!NO_LIST.has(error.status ?? 0)) {
        failing.add(list);
        throw error;
      }
      missing.add(list);
      return state;
    }
  }

  /** What to look at in place of the run; empty where it is the run's turn. */
  function listsInTurn(status: string | undefined): readonly ListName[] {
    if (WRITES_NOTHING.has(status) && failing.size === 0) return [];
    if (growing !== undefined) return [growing];
    if (turn % 2 === 0) return [];
    const there = (turn % 4 === 1 ? LISTS.toReversed() : LISTS).filter(
      (list) => !missing.has(list),
    );
    const isLively = Date.now() - changedAt < LIVELY_MS && failing.size === 0;
    return isLively ? there : there.slice(0, 1);
  }

  async function poll(state: RunState, ids: RunIds): Promise<RunState> {
    let next = state;
    const wantsAll = (isOwed || state.isDesynced) && failing.size === 0;
    const looked = wantsAll ? [] : listsInTurn(state.run?.status);
    turn += 1;
    for (const list of looked) next = await look(next, list, ids);
    if (looked.length === 0 || hasNews(state, next)) next = await askRun(next, ids);
    retryAfterMs = undefined;
    if (wantsAll || hasNews(state, next)) {
      turn = 1;
      next = await lookAtEach(
        next,
        LISTS.filter((list) => !looked.includes(list) && !failing.has(list)),
        ids,
      );
      signal.throwIfAborted();
    }
    const grown = LISTS.findLast((list) => next[list] !== state[list]);
    const isNew = hasNews(state, next);
    growing = isNew ? undefined : grown;
    unchangedPolls = growing ? GROWING_POLLS : isNew ? 0 : unchangedPolls + 1;
    if (isNew || growing) changedAt = Date.now();
    return next;
  }

  /** What was told is not to be lost for a list that was not; that is asked for in its turn. */
  async function lookAtEach(
    state: RunState,
    names: readonly ListName[],
    ids: RunIds,
    options = call,
  ): Promise<RunState> {
    let next = state;
    for (const list of names) next = await look(next, list, ids, options).catch(() => next);
    isOwed = failing.size > 0;
    return { ...next, isDesynced: isOwed };
  }

  return {
    poll,
    finish: (state, ids) => lookAtEach(state, LISTS, ids, { signal, retry: 2 }),
    restart() {
      unchangedPolls = 0;
      changedAt = Date.now();
      isOwed = true;
      // What was asked for was meant for the run as it was.
      growing = askedMs = retryAfterMs = undefined;
    },
    missed(error) {
      unchangedPolls += 1;
      growing = askedMs = undefined;
      retryAfterMs = error.retryAfterMs;
    },
    nextPause(run) {
      const nowMs = Date.now();
      const leftMs = getPollTimeLeftMs(run, { nowMs, startedAtMs: beganAtMs, skewMs });
      if (leftMs < 0) return undefined;
      const situation = {
        unchangedPolls,
        unchangedForMs: nowMs - changedAt,
        status: run?.status ?? '',
        askedMs,
        isHidden: isHidden(),
      };
      const ownMs = Math.min(getPollDelayMs(situation), leftMs + 1);
      const leastMs = Math.max(retryAfterMs ?? 0, Math.min(askedMs ?? LEAST_MS, ownMs));
      return { delayMs: Math.max(ownMs, leastMs), leastMs };
    },
  };
}

/** Whether there is more to tell than that a known text has grown. */
function hasNews(before: RunState, after: RunState): boolean {
  return outlineOf(before) !== outlineOf(after);
}

function outlineOf({ run, messages, steps }: RunState): string {
  return JSON.stringify([
    run?.status,
    ...[...messages, ...steps].map(({ id, status }) => [id, status]),
  ]);
}
