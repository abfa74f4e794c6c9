import type { AssistantsClient } from '../client/client.js';
import { AssistantsError, toAssistantsError } from '../client/errors.js';
import { clockSkewMs, pollAfterMs, pollDelayMs, pollTimeLeftMs } from '../protocol/pollPolicy.js';
import { isSettled } from '../protocol/runStatus.js';
import type { Message, Run, RunStep } from '../protocol/types.js';
import { createRunList } from './createRunList.js';
import { isHidden } from './pause.js';
import { putRun, type RunState } from './reduceRun.js';
import { putList } from './runSnapshots.js';

/** What an answer makes of a state: of the one there is when it arrives, since others may have changed it meanwhile. */
export type Update = (state: RunState) => RunState;

/** Asks for one run again and again, and knows when to ask next. */
export interface RunPoller {
  /**
   * Asks once for what has most likely changed, and where that brings news for the rest too.
   *
   * @throws AssistantsError What was asked for first got no answer.
   */
  poll(state: RunState, threadId: string, runId: string): Promise<Update>;
  /** Asks for the steps and messages of a run that has ended. Never rejects: what is not told stays as it is. */
  finish(run: Run): Promise<Update>;
  /** Something else has moved the run, such as a stream: all of it is asked for, and soon. */
  restart(): void;
  /** A poll failed: the next one waits longer, and as long as the server asks. */
  missed(error: AssistantsError): void;
  /** The pause before the next poll, and what of it must pass even when the page is shown or the network is back. */
  nextDelay(run: Run | undefined): { delayMs: number; leastMs: number };
  /** Whether the server should have ended the run by now, judged by its own clock. */
  isOverdue(run: Run | undefined): boolean;
}

type List = 'messages' | 'steps';

/** As many polls as it takes for pauses of about a second: the pace at which a growing text is asked for. */
const GROWING_POLLS = 2;
/** No page is shown and hidden often enough to poll faster than this. */
const LEAST_MS = 400;
/** How long after something new messages and steps are both looked at in one turn. */
const LIVELY_MS = 40_000;
const NO_LIST = new Set([404, 405, 501]);
const WRITES_NOTHING = new Set(['queued', 'requires_action', 'cancelling']);
const LISTS = ['steps', 'messages'] as const satisfies List[];

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
  const beganAt = Date.now();
  let skewMs: number | undefined;
  let askedMs: number | undefined;
  let retryAfterMs: number | undefined;
  let unchangedPolls = 0;
  let changedAt = beganAt;
  let turn = 0;
  let isOwed = true;
  let growing: List | undefined;
  let lists: ReturnType<typeof createLists> | undefined;
  const failing = new Set<List>();
  /** What some servers do not have. */
  const missing = new Set<List>();
  // The next poll is the retry.
  const call = { signal, retry: 0 };

  async function askRun(threadId: string, runId: string): Promise<Update> {
    const { data: run, response } = await client.request('getRun', { threadId, runId }, call);
    if (typeof run.status !== 'string') throw new AssistantsError('protocol', 'getRun: the answer is no run.', { operation: 'getRun' });
    skewMs = clockSkewMs(response.headers, Date.now()) ?? skewMs;
    askedMs = pollAfterMs(response.headers);
    return (state) => putRun(state, run);
  }

  function createLists(threadId: string, runId: string) {
    return {
      messages: createRunList<Message>({
        fetchPage: (query, options) => client.listMessages({ threadId, query: { ...query, run_id: runId } }, options),
        isOwn: (message) => message.run_id === runId,
      }),
      steps: createRunList<RunStep>({ fetchPage: (query, options) => client.listRunSteps({ threadId, runId, query }, options) }),
    };
  }

  async function look(list: List, threadId: string, runId: string, retry = 0): Promise<Update> {
    if (missing.has(list)) return unchanged;
    lists ??= createLists(threadId, runId);
    const tries = { signal, retry };
    try {
      const update = list === 'steps' ? putList('steps', await lists.steps(tries)) : putList('messages', await lists.messages(tries));
      failing.delete(list);
      return update;
    } catch (thrown) {
      const error = toAssistantsError(thrown);
      if (!NO_LIST.has(error.status ?? 0)) {
        failing.add(list);
        throw error;
      }
      missing.add(list);
      return unchanged;
    }
  }

  /** What to look at in place of the run; empty where it is the run's turn. */
  function listsInTurn(status: string | undefined): readonly List[] {
    const writesNothing = status === undefined || WRITES_NOTHING.has(status) || isSettled(status);
    if (writesNothing && failing.size === 0) return [];
    if (growing !== undefined) return [growing];
    if (turn % 2 === 0) return [];
    const lists: List[] = turn % 4 === 1 ? ['messages', 'steps'] : ['steps', 'messages'];
    const there = lists.filter((list) => !missing.has(list));
    const isLively = Date.now() - changedAt < LIVELY_MS && failing.size === 0;
    return isLively ? there : there.slice(0, 1);
  }

  async function poll(state: RunState, threadId: string, runId: string): Promise<Update> {
    const updates: Update[] = [];
    let next = state;
    const take = (update: Update) => {
      updates.push(update);
      next = update(next);
    };
    const wantsAll = (isOwed || state.isOutOfStep) && failing.size === 0;
    const looked = wantsAll ? [] : listsInTurn(state.run?.status);
    turn += 1;
    for (const list of looked) take(await look(list, threadId, runId));
    if (looked.length === 0 || hasNews(state, next)) take(await askRun(threadId, runId));
    retryAfterMs = undefined;
    const isNew = hasNews(state, next);
    if (isNew || wantsAll) {
      turn = 1;
      isOwed = false;
      for (const list of LISTS) {
        if (looked.includes(list)) continue;
        // What was told is not to be lost for a list that was not; that is asked for in its turn.
        const update = failing.has(list) ? undefined : await look(list, threadId, runId).catch(() => undefined);
        signal.throwIfAborted();
        if (update) take(update);
        else isOwed = true;
      }
      const isOutOfStep = isOwed;
      take((now) => (now.isOutOfStep === isOutOfStep ? now : { ...now, isOutOfStep }));
    }
    const hasGrown = next.messages !== state.messages || next.steps !== state.steps;
    growing = !hasGrown || hasNews(state, next) ? undefined : next.messages !== state.messages ? 'messages' : 'steps';
    unchangedPolls = growing ? GROWING_POLLS : isNew || hasGrown ? 0 : unchangedPolls + 1;
    if (isNew || hasGrown) changedAt = Date.now();
    return (now) => updates.reduce((reached, update) => update(reached), now);
  }

  function leftMs(run: Run | undefined): number {
    return pollTimeLeftMs(run, { nowMs: Date.now(), beganAtMs: beganAt, skewMs });
  }

  return {
    poll,
    async finish({ thread_id: threadId, id: runId }) {
      const steps = await look('steps', threadId, runId, 2).catch(() => unchanged);
      const messages = await look('messages', threadId, runId, 2).catch(() => unchanged);
      return (state) => ({ ...messages(steps(state)), isOutOfStep: failing.size > 0 });
    },
    restart() {
      unchangedPolls = 0;
      changedAt = Date.now();
      isOwed = true;
      growing = undefined;
      // What was asked for was meant for the run as it was.
      askedMs = retryAfterMs = undefined;
    },
    missed(error) {
      unchangedPolls += 1;
      growing = undefined;
      askedMs = undefined;
      retryAfterMs = error.retryAfterMs;
    },
    nextDelay(run) {
      const situation = { unchangedPolls, unchangedForMs: Date.now() - changedAt, status: run?.status ?? '', askedMs };
      const ownMs = Math.min(pollDelayMs({ ...situation, isHidden: isHidden() }), leftMs(run) + 1);
      const leastMs = Math.max(retryAfterMs ?? 0, Math.min(askedMs ?? LEAST_MS, ownMs));
      return { delayMs: Math.max(ownMs, leastMs), leastMs };
    },
    isOverdue: (run) => leftMs(run) < 0,
  };
}

/** Whether there is more to tell than that a known text has grown. */
function hasNews(before: RunState, after: RunState): boolean {
  return (
    before.run?.status !== after.run?.status || differ(before.messages, after.messages) || differ(before.steps, after.steps)
  );
}

function differ(before: RunState['messages'] | RunState['steps'], after: RunState['messages'] | RunState['steps']): boolean {
  if (before === after) return false;
  return before.length !== after.length || after.some(({ id, status }, index) => before[index]?.id !== id || before[index].status !== status);
}

function unchanged(state: RunState): RunState {
  return state;
}
