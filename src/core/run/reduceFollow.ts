import type { AssistantsError } from '../../client/AssistantsError.js';
import type { Run, ToolCallAnswer } from '../../protocol/types.js';
import type { FollowedRunState } from './FollowedRun.js';
import type { ReceivedEvent } from './readRun.js';
import { applyRun, applyStreamed, reduceRun } from './reduceRun.js';
import { emptyRunState, type RunState } from './RunState.js';

/** Answers to calls that wait until the current request has finished, with the promise of their `submit` call. */
export interface QueuedSubmit {
  answers: ToolCallAnswer[];
  resolve: () => void;
  reject: (error: AssistantsError) => void;
}

/** State of the loop that follows a run. Only `followed` is visible to listeners. */
export interface FollowState {
  followed: FollowedRunState;
  /**
   * Progress of the request that creates the run. 'lost': it has ended, and it is unknown if the server created a run.
   * 'done' from the start for an existing run.
   */
  creation: 'pending' | 'lost' | 'done';
  queuedSubmit: QueuedSubmit | undefined;
  /** True if `stop` was called before the run was known. The run is cancelled as soon as it is known. */
  isStopRequested: boolean;
  /** Run as the stream alone has shown it. `followed` also has the results of polls. Empty after a poll. */
  streamed: RunState;
  /**
   * Id of the last event of the stream. Undefined before the first one, and after a poll: the run may be ahead of the stream
   * then, for example in its next segment. The stream starts with the newest segment then.
   */
  lastEventId: string | undefined;
  /** True if the server can continue the stream, and the last attempt has not failed. */
  canRejoin: boolean;
  /** True if the server has refused to stream the run even from the beginning of its newest segment. */
  isRejoinRefused: boolean;
  /** True if the next poll must not wait: the run may have changed, and no response has shown how. */
  isPollDue: boolean;
}

/** Result of following a run. */
export type FollowEnd =
  | { phase: 'settled'; result: RunState }
  | { phase: 'failed'; error: AssistantsError }
  | { phase: 'detached' };

/** Origin of a run object that came outside of streams and polls. */
export type RunSource =
  /** JSON response of a server that cannot stream. */
  | 'response'
  /** Newest run of the thread, found after the response to the creation was lost. */
  | 'search'
  | 'cancel';

export type FollowEvent =
  | { type: 'streamOpened'; canRejoin: boolean }
  | { type: 'eventReceived'; event: ReceivedEvent }
  /** The stream could not be continued. The next successful poll allows another attempt, unless it cannot succeed either. */
  | { type: 'rejoinFailed'; isRefused: boolean }
  | { type: 'runReceived'; run: Run; source: RunSource }
  /** A request or stream failed, and following continues. */
  | { type: 'requestFailed'; error: AssistantsError }
  | { type: 'creationEnded' }
  | { type: 'submitQueued'; submit: QueuedSubmit }
  | { type: 'submitStarted' }
  /** `run` is the run before its outputs were submitted. */
  | { type: 'submitEnded'; run: Run }
  | { type: 'pollScheduled' }
  | { type: 'pollStarted' }
  | { type: 'polled'; result: RunState; canRejoin: boolean }
  /**
   * `isRequested` is true if `stop` was called before the run was known, false once the run is being cancelled. `error` is the
   * reason why it could not be.
   */
  | { type: 'stopChanged'; isRequested: boolean; error?: AssistantsError }
  | { type: 'ended'; end: FollowEnd };

/** Creates the initial state. An existing run is polled immediately, a new one is created. */
export function createFollowState(target: 'existing' | 'new'): FollowState {
  return {
    followed: { ...emptyRunState, phase: 'connecting', error: undefined },
    creation: target === 'existing' ? 'done' : 'pending',
    queuedSubmit: undefined,
    isStopRequested: false,
    streamed: emptyRunState,
    lastEventId: undefined,
    canRejoin: false,
    isRejoinRefused: false,
    isPollDue: target === 'existing',
  };
}

/** Returns the state after an event. `followed` keeps its identity if listeners need not be notified. */
export function reduceFollow(state: FollowState, event: FollowEvent): FollowState {
  switch (event.type) {
    case 'streamOpened':
      return {
        ...update(state, { phase: 'streaming', error: undefined }),
        canRejoin: event.canRejoin,
        isRejoinRefused: false,
      };
    case 'eventReceived':
      return receiveEvent(state, event.event);
    case 'rejoinFailed':
      return endRejoin(state, event.isRefused);
    case 'runReceived':
      return receiveRun(state, event.run, event.source);
    case 'requestFailed':
      return update(state, { error: event.error });
    case 'creationEnded':
      return { ...state, creation: getCreationAfterRequest(state) };
    case 'submitQueued':
      return { ...state, queuedSubmit: event.submit };
    case 'submitStarted':
      return { ...state, queuedSubmit: undefined };
    case 'submitEnded':
      // The stream broke before its first event: the run has changed, and nothing has shown how.
      return { ...state, isPollDue: state.followed.run === event.run };
    case 'pollScheduled':
      return schedulePoll(state);
    case 'pollStarted':
      return { ...state, isPollDue: false };
    case 'polled':
      return allowRejoin(receivePoll(state, event.result), event.canRejoin);
    case 'stopChanged':
      return { ...setStopError(state, event.error), isStopRequested: event.isRequested };
    case 'ended':
      return {
        ...update(state, { ...getEndChanges(event.end), stopError: undefined }),
        queuedSubmit: undefined,
      };
  }
}

function update(state: FollowState, changes: Partial<FollowedRunState>): FollowState {
  return { ...state, followed: { ...state.followed, ...changes } };
}

function setStopError(state: FollowState, stopError: AssistantsError | undefined): FollowState {
  return stopError === state.followed.stopError ? state : update(state, { stopError });
}

function receiveEvent(state: FollowState, event: ReceivedEvent): FollowState {
  const streamed = reduceRun(state.streamed, event);
  const { id: lastEventId = state.lastEventId } = event;
  if (streamed === state.streamed) return { ...state, lastEventId };
  return {
    ...update(state, applyStreamed(state.followed, state.streamed, streamed)),
    streamed,
    lastEventId,
  };
}

function receiveRun(state: FollowState, run: Run, source: RunSource): FollowState {
  const next = applyRun(state.followed, run);
  if (source === 'cancel') return update(state, next);
  // The run came without its messages and steps.
  return {
    ...update(state, { ...next, isDesynced: true }),
    isPollDue: state.isPollDue || source === 'search',
  };
}

/** One attempt is made to recover a run whose creation was lost. */
function getCreationAfterRequest({ creation, followed }: FollowState): FollowState['creation'] {
  return creation === 'pending' && followed.run === undefined ? 'lost' : 'done';
}

function schedulePoll(state: FollowState): FollowState {
  const { run } = state.followed;
  if (run === undefined) return state;
  return update(state, { phase: run.status === 'requires_action' ? 'waiting' : 'polling' });
}

/** The run is merged, because a cancel may have changed it during the poll. */
function receivePoll(state: FollowState, { run, ...rest }: RunState): FollowState {
  const next = update(state, { ...rest, error: undefined });
  return run === undefined ? next : update(next, applyRun(next.followed, run));
}

function endRejoin(state: FollowState, isRefused: boolean): FollowState {
  // The newest segment may be available although the events of an earlier process are not.
  const isRejoinRefused = isRefused && state.lastEventId === undefined;
  return { ...state, canRejoin: false, isRejoinRefused };
}

/** After a poll, the run may be ahead of the stream. */
function allowRejoin(state: FollowState, isAnnounced: boolean): FollowState {
  const canRejoin = isAnnounced && !state.isRejoinRefused;
  return { ...state, streamed: emptyRunState, lastEventId: undefined, canRejoin };
}

function getEndChanges(end: FollowEnd): Partial<FollowedRunState> {
  switch (end.phase) {
    case 'settled':
      return { ...end.result, phase: 'settled', error: undefined };
    case 'failed':
      return { phase: 'failed', error: end.error };
    case 'detached':
      return { phase: 'detached' };
  }
}
