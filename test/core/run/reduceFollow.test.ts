import { describe, expect, it } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import type { FollowedRunState } from '../../../src/core/run/FollowedRun.js';
import {
  createFollowState,
  reduceFollow,
  type FollowEvent,
  type FollowState,
  type QueuedSubmit,
} from '../../../src/core/run/reduceFollow.js';
import { reduceRun } from '../../../src/core/run/reduceRun.js';
import { emptyRunState } from '../../../src/core/run/RunState.js';
import { aMessage, aRun, aStep, textDelta } from './events.js';

const queued = aRun();
const active = aRun({ status: 'in_progress' });
const waiting = aRun({ status: 'requires_action' });
const cancelled = aRun({ status: 'cancelled' });
const message = aMessage('Hello');
const error = new AssistantsError('stream', 'The connection broke.');
const submit: QueuedSubmit = { answers: [], resolve: () => {}, reject: () => {} };

/** Creates a state in which the visible part and the rest have the given fields. */
function createState(
  followed: Partial<FollowedRunState> = {},
  rest: Partial<Omit<FollowState, 'followed'>> = {},
): FollowState {
  const state = createFollowState('new');
  return { ...state, ...rest, followed: { ...state.followed, ...followed } };
}

interface Transition {
  name: string;
  before?: FollowState;
  event: FollowEvent;
  /** Fields that the event changes. All others must stay the same. */
  followed?: Partial<FollowedRunState>;
  rest?: Partial<Omit<FollowState, 'followed'>>;
}

const transitions: Transition[] = [
  {
    name: 'streamOpened clears the error of an earlier request',
    before: createState({ phase: 'polling', error }),
    event: { type: 'streamOpened', canRejoin: false },
    followed: { phase: 'streaming', error: undefined },
  },
  {
    name: 'eventReceived applies the event',
    event: { type: 'eventReceived', event: { event: 'thread.run.created', data: queued } },
    followed: { run: queued },
  },
  {
    name: 'eventReceived ignores unknown events',
    event: {
      type: 'eventReceived',
      // Servers may send events that the types do not have.
      event: { event: 'telemetry', data: { id: 'x' } } as never,
    },
  },
  {
    name: 'eventReceived marks a delta without its message',
    event: { type: 'eventReceived', event: textDelta('lost') },
    followed: { isDesynced: true },
  },
  {
    name: 'runReceived from a response lacks messages and steps',
    event: { type: 'runReceived', run: queued, source: 'response' },
    followed: { run: queued, isDesynced: true },
  },
  {
    name: 'runReceived from a search is followed by an immediate poll',
    event: { type: 'runReceived', run: queued, source: 'search' },
    followed: { run: queued, isDesynced: true },
    rest: { isPollDue: true },
  },
  {
    name: 'runReceived from a cancel keeps messages and steps in sync',
    before: createState({ run: active }),
    event: { type: 'runReceived', run: cancelled, source: 'cancel' },
    followed: { run: cancelled },
  },
  {
    name: 'runReceived does not reactivate a settled run',
    before: createState({ run: cancelled }),
    event: { type: 'runReceived', run: active, source: 'cancel' },
  },
  {
    name: 'requestFailed keeps the phase',
    before: createState({ phase: 'polling', run: active }),
    event: { type: 'requestFailed', error },
    followed: { error },
  },
  {
    name: 'creationEnded with a run',
    before: createState({ run: queued }),
    event: { type: 'creationEnded' },
    rest: { creation: 'done' },
  },
  {
    name: 'creationEnded without a run',
    event: { type: 'creationEnded' },
    rest: { creation: 'lost' },
  },
  {
    name: 'creationEnded without a run, after one recovery',
    before: createState({}, { creation: 'lost' }),
    event: { type: 'creationEnded' },
    rest: { creation: 'done' },
  },
  {
    name: 'submitQueued',
    before: createState({ run: waiting }),
    event: { type: 'submitQueued', submit },
    rest: { queuedSubmit: submit },
  },
  {
    name: 'submitStarted',
    before: createState({ run: waiting }, { queuedSubmit: submit }),
    event: { type: 'submitStarted' },
    rest: { queuedSubmit: undefined },
  },
  {
    name: 'submitEnded without an event of the run makes a poll due',
    before: createState({ run: waiting }),
    event: { type: 'submitEnded', run: waiting },
    rest: { isPollDue: true },
  },
  {
    name: 'submitEnded after an event of the run',
    before: createState({ run: active }),
    event: { type: 'submitEnded', run: waiting },
    rest: { isPollDue: false },
  },
  {
    name: 'pollScheduled for an active run',
    before: createState({ phase: 'streaming', run: active }),
    event: { type: 'pollScheduled' },
    followed: { phase: 'polling' },
  },
  {
    name: 'pollScheduled for a run that requires outputs',
    before: createState({ phase: 'streaming', run: waiting }),
    event: { type: 'pollScheduled' },
    followed: { phase: 'waiting' },
  },
  {
    name: 'pollScheduled for an unknown run',
    event: { type: 'pollScheduled' },
  },
  {
    name: 'pollStarted',
    before: createState({ run: active }, { isPollDue: true }),
    event: { type: 'pollStarted' },
    rest: { isPollDue: false },
  },
  {
    name: 'polled clears the error of an earlier poll',
    before: createState({ phase: 'polling', run: queued, error }),
    event: {
      type: 'polled',
      result: { ...emptyRunState, run: active, messages: [message], steps: [aStep()] },
      canRejoin: true,
    },
    rest: { canRejoin: true },
    followed: { run: active, messages: [message], steps: [aStep()], error: undefined },
  },
  {
    name: 'polled forgets the position in the stream, because the run may be in its next segment',
    before: createState(
      { run: waiting },
      { lastEventId: '7', streamed: { ...emptyRunState, run: waiting } },
    ),
    event: { type: 'polled', result: { ...emptyRunState, run: active }, canRejoin: true },
    rest: { canRejoin: true, lastEventId: undefined, streamed: emptyRunState },
    followed: { run: active },
  },
  {
    name: 'eventReceived does not go back from in_progress to the beginning of the segment',
    before: createState({ run: active }),
    event: { type: 'eventReceived', event: { event: 'thread.run.queued', data: queued, id: '2' } },
    rest: { streamed: { ...emptyRunState, run: queued }, lastEventId: '2' },
  },
  {
    name: 'eventReceived continues a run whose outputs were submitted',
    before: createState({ run: waiting }),
    event: { type: 'eventReceived', event: { event: 'thread.run.queued', data: queued, id: '9' } },
    followed: { run: queued },
    rest: { streamed: { ...emptyRunState, run: queued }, lastEventId: '9' },
  },
  {
    name: 'rejoinFailed, at an event that the server no longer has',
    before: createState({ run: active }, { canRejoin: true, lastEventId: '7' }),
    event: { type: 'rejoinFailed', isRefused: true },
    rest: { canRejoin: false },
  },
  {
    name: 'rejoinFailed, at the newest segment',
    before: createState({ run: active }, { canRejoin: true }),
    event: { type: 'rejoinFailed', isRefused: true },
    rest: { canRejoin: false, isRejoinRefused: true },
  },
  {
    name: 'rejoinFailed without a response',
    before: createState({ run: active }, { canRejoin: true }),
    event: { type: 'rejoinFailed', isRefused: false },
    rest: { canRejoin: false },
  },
  {
    name: 'polled does not allow a rejoin that the server has refused',
    before: createState({ run: active }, { isRejoinRefused: true }),
    event: { type: 'polled', result: { ...emptyRunState, run: active }, canRejoin: true },
  },
  {
    name: 'polled does not undo a cancel that finished during the poll',
    before: createState({ phase: 'polling', run: cancelled }),
    event: {
      type: 'polled',
      result: { ...emptyRunState, run: active, messages: [message] },
      canRejoin: false,
    },
    followed: { messages: [message] },
  },
  {
    name: 'stopRequested',
    event: { type: 'stopChanged', isRequested: true },
    rest: { isStopRequested: true },
  },
  {
    name: 'stopStarted',
    before: createState({ run: active }, { isStopRequested: true }),
    event: { type: 'stopChanged', isRequested: false },
    rest: { isStopRequested: false },
  },
  {
    name: 'stopFailed',
    before: createState({ run: active }),
    event: { type: 'stopChanged', isRequested: false, error },
    followed: { stopError: error },
  },
  {
    name: 'stopStarted after a failure',
    before: createState({ run: active, stopError: error }),
    event: { type: 'stopChanged', isRequested: false },
    followed: { stopError: undefined },
  },
  {
    name: 'ended, settled',
    before: createState(
      { phase: 'polling', run: cancelled, error, stopError: error },
      { queuedSubmit: submit },
    ),
    event: {
      type: 'ended',
      end: { phase: 'settled', result: { ...emptyRunState, run: cancelled, messages: [message] } },
    },
    followed: { phase: 'settled', messages: [message], error: undefined, stopError: undefined },
    rest: { queuedSubmit: undefined },
  },
  {
    name: 'ended, failed',
    before: createState({ phase: 'waiting', run: waiting }, { queuedSubmit: submit }),
    event: { type: 'ended', end: { phase: 'failed', error } },
    followed: { phase: 'failed', error },
    rest: { queuedSubmit: undefined },
  },
  {
    name: 'ended, detached',
    before: createState({ phase: 'polling', run: active, error }),
    event: { type: 'ended', end: { phase: 'detached' } },
    followed: { phase: 'detached' },
  },
];

describe('reduceFollow', () => {
  it.each(transitions)('$name', ({ before = createState(), event, followed, rest }) => {
    // A mutation of the state throws.
    Object.freeze(before);
    Object.freeze(before.followed);
    expect(reduceFollow(before, event)).toEqual({
      ...before,
      ...(event.type === 'eventReceived' && {
        streamed: reduceRun(before.streamed, event.event),
      }),
      ...rest,
      followed: { ...before.followed, ...followed },
    });
  });

  it.each<FollowEvent>([
    { type: 'eventReceived', event: { event: 'telemetry', data: { id: 'x' } } as never },
    { type: 'creationEnded' },
    { type: 'submitQueued', submit },
    { type: 'submitStarted' },
    { type: 'pollScheduled' },
    { type: 'pollStarted' },
    { type: 'stopChanged', isRequested: true },
    { type: 'stopChanged', isRequested: false },
  ])('keeps the identity of the visible state if it does not change: $type', (event) => {
    const before = createState();
    expect(reduceFollow(before, event).followed).toBe(before.followed);
  });

  it('starts with a poll of an existing run, and with the creation of a new one', () => {
    expect(createFollowState('existing')).toMatchObject({ creation: 'done', isPollDue: true });
    expect(createFollowState('new')).toMatchObject({ creation: 'pending', isPollDue: false });
  });
});
