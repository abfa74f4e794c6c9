import type { RunChange } from './compareRuns.js';
import type { ListName } from './reduceRun.js';

/** Everything that decides what the next poll requests, and when. Times are in milliseconds. */
export interface PollingState {
  startedAtMs: number;
  /** Time by which the server's clock is ahead of the local clock. Undefined if no response had a date. */
  skewMs: number | undefined;
  /** Delay that the last response for the run requested. */
  requestedMs: number | undefined;
  /** Delay that the last failed poll requested. */
  retryAfterMs: number | undefined;
  /** Number of consecutive polls without a change. Determines the delay. */
  unchangedPolls: number;
  changedAtMs: number;
  /** Number of polls since everything was requested. Polls alternate between the run and its lists. */
  turn: number;
  /** True until the run and both lists have been requested together. */
  isFullPollDue: boolean;
  /** List with text that grew in the last poll. */
  growingList: ListName | undefined;
  /** Lists whose last request failed. */
  failingLists: readonly ListName[];
  /** Lists that the server does not have. They are not requested again. */
  missingLists: readonly ListName[];
}

export type PollingEvent =
  /** A stream or a submit may have changed everything. */
  | { type: 'restarted'; nowMs: number }
  | { type: 'pollStarted' }
  | { type: 'runFetched'; skewMs: number | undefined; requestedMs: number | undefined }
  | { type: 'listFetched'; list: ListName }
  | { type: 'listFailed'; list: ListName; isMissing: boolean }
  /** `isFull` if the run and both lists were requested. */
  | { type: 'pollSucceeded'; change: RunChange; isFull: boolean; nowMs: number }
  | { type: 'pollFailed'; retryAfterMs: number | undefined };

/** Lists of a run, in the order in which they are requested. */
export const LIST_NAMES = ['steps', 'messages'] as const satisfies ListName[];

/** `unchangedPolls` that leads to delays of about a second, in which growing text is polled. */
const GROWING_POLLS = 2;

export function createPollingState(nowMs: number): PollingState {
  return {
    startedAtMs: nowMs,
    skewMs: undefined,
    requestedMs: undefined,
    retryAfterMs: undefined,
    unchangedPolls: 0,
    changedAtMs: nowMs,
    turn: 0,
    isFullPollDue: true,
    growingList: undefined,
    failingLists: [],
    missingLists: [],
  };
}

/** Returns the state of polling after an event. `planPoll` and `planPause` read it. */
export function reducePolling(state: PollingState, event: PollingEvent): PollingState {
  switch (event.type) {
    case 'restarted':
      return {
        ...state,
        unchangedPolls: 0,
        changedAtMs: event.nowMs,
        isFullPollDue: true,
        growingList: undefined,
        // Requested before the run changed.
        requestedMs: undefined,
        retryAfterMs: undefined,
      };
    case 'pollStarted':
      return { ...state, turn: state.turn + 1 };
    case 'runFetched':
      return {
        ...state,
        skewMs: event.skewMs ?? state.skewMs,
        requestedMs: event.requestedMs,
      };
    case 'listFetched':
      return { ...state, failingLists: removeList(state.failingLists, event.list) };
    case 'listFailed':
      return event.isMissing
        ? {
            ...state,
            missingLists: addList(state.missingLists, event.list),
            failingLists: removeList(state.failingLists, event.list),
          }
        : { ...state, failingLists: addList(state.failingLists, event.list) };
    case 'pollSucceeded':
      return reduceSuccess(state, event);
    case 'pollFailed':
      return {
        ...state,
        unchangedPolls: state.unchangedPolls + 1,
        growingList: undefined,
        requestedMs: undefined,
        retryAfterMs: event.retryAfterMs,
      };
  }
}

function reduceSuccess(
  state: PollingState,
  { change, isFull, nowMs }: Extract<PollingEvent, { type: 'pollSucceeded' }>,
): PollingState {
  const next = {
    ...state,
    retryAfterMs: undefined,
    turn: isFull ? 1 : state.turn,
    isFullPollDue: isFull ? state.failingLists.length > 0 : state.isFullPollDue,
  };
  switch (change.type) {
    case 'unchanged':
      return { ...next, growingList: undefined, unchangedPolls: state.unchangedPolls + 1 };
    case 'grown':
      return {
        ...next,
        growingList: change.list,
        unchangedPolls: GROWING_POLLS,
        changedAtMs: nowMs,
      };
    case 'changed':
      return { ...next, growingList: undefined, unchangedPolls: 0, changedAtMs: nowMs };
  }
}

function addList(lists: readonly ListName[], list: ListName): readonly ListName[] {
  return lists.includes(list) ? lists : [...lists, list];
}

function removeList(lists: readonly ListName[], list: ListName): readonly ListName[] {
  return lists.filter((each) => each !== list);
}
