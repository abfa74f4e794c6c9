import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/core/run/compareRuns.js';
import { planPause, planPoll } from '../../../src/core/run/planPoll.js';
import {
  createPollingState,
  reducePolling,
  type PollingEvent,
  type PollingState,
} from '../../../src/core/run/reducePolling.js';
import { emptyRunState, type RunState } from '../../../src/core/run/RunState.js';
import type { RunStatus } from '../../../src/protocol/types.js';
import { aMessage, aRun, aStep } from './events.js';

const startMs = 1_700_000_000_000;
const nowMs = startMs + 30_000;

const createState = (changes: Partial<PollingState> = {}): PollingState => ({
  ...createPollingState(startMs),
  isFullPollDue: false,
  ...changes,
});

interface Transition {
  name: string;
  before?: Partial<PollingState>;
  event: PollingEvent;
  /** Fields that the event changes. All others must stay the same. */
  changes: Partial<PollingState>;
}

const success = { type: 'pollSucceeded', isFull: false, nowMs } as const;

const transitions: Transition[] = [
  {
    name: 'restarted forgets the delays that were meant for the run before',
    before: {
      unchangedPolls: 7,
      growingList: 'messages',
      requestedMs: 5_000,
      retryAfterMs: 60_000,
      skewMs: 3,
      turn: 5,
    },
    event: { type: 'restarted', nowMs },
    changes: {
      unchangedPolls: 0,
      changedAtMs: nowMs,
      isFullPollDue: true,
      growingList: undefined,
      requestedMs: undefined,
      retryAfterMs: undefined,
    },
  },
  {
    name: 'pollStarted takes the next turn',
    before: { turn: 3 },
    event: { type: 'pollStarted' },
    changes: { turn: 4 },
  },
  {
    name: 'runFetched stores the clock and the requested delay',
    event: { type: 'runFetched', skewMs: -5, requestedMs: 700 },
    changes: { skewMs: -5, requestedMs: 700 },
  },
  {
    name: 'runFetched keeps the clock if the response has no date',
    before: { skewMs: -5, requestedMs: 700 },
    event: { type: 'runFetched', skewMs: undefined, requestedMs: undefined },
    changes: { requestedMs: undefined },
  },
  {
    name: 'listFetched ends the failure of a list',
    before: { failingLists: ['steps', 'messages'] },
    event: { type: 'listFetched', list: 'steps' },
    changes: { failingLists: ['messages'] },
  },
  {
    name: 'listFailed records a failing list',
    event: { type: 'listFailed', list: 'steps', isMissing: false },
    changes: { failingLists: ['steps'] },
  },
  {
    name: 'listFailed records a failing list once',
    before: { failingLists: ['steps'] },
    event: { type: 'listFailed', list: 'steps', isMissing: false },
    changes: {},
  },
  {
    name: 'listFailed records a missing list, which no longer counts as failing',
    before: { failingLists: ['steps'] },
    event: { type: 'listFailed', list: 'steps', isMissing: true },
    changes: { failingLists: [], missingLists: ['steps'] },
  },
  {
    name: 'pollSucceeded without a change increases the delay',
    before: { unchangedPolls: 1, growingList: 'messages', retryAfterMs: 9_000, turn: 6 },
    event: { ...success, change: { type: 'unchanged' } },
    changes: { unchangedPolls: 2, growingList: undefined, retryAfterMs: undefined },
  },
  {
    name: 'pollSucceeded with a growing list polls every second',
    before: { unchangedPolls: 9 },
    event: { ...success, change: { type: 'grown', list: 'messages' } },
    changes: { unchangedPolls: 2, growingList: 'messages', changedAtMs: nowMs },
  },
  {
    name: 'pollSucceeded with a change polls soon',
    before: { unchangedPolls: 9, growingList: 'messages' },
    event: { ...success, change: { type: 'changed' } },
    changes: { unchangedPolls: 0, growingList: undefined, changedAtMs: nowMs },
  },
  {
    name: 'pollSucceeded with everything requested restarts the turns',
    before: { turn: 8, isFullPollDue: true },
    event: { ...success, isFull: true, change: { type: 'changed' } },
    changes: { turn: 1, isFullPollDue: false, changedAtMs: nowMs },
  },
  {
    name: 'pollSucceeded with a failing list needs another full poll',
    before: { turn: 8, isFullPollDue: true, failingLists: ['steps'] },
    event: { ...success, isFull: true, change: { type: 'changed' } },
    changes: { turn: 1, isFullPollDue: true, changedAtMs: nowMs },
  },
  {
    name: 'pollFailed respects the delay that the server asks for',
    before: { unchangedPolls: 2, growingList: 'steps', requestedMs: 400 },
    event: { type: 'pollFailed', retryAfterMs: 60_000 },
    changes: {
      unchangedPolls: 3,
      growingList: undefined,
      requestedMs: undefined,
      retryAfterMs: 60_000,
    },
  },
];

describe('reducePolling', () => {
  it.each(transitions)('$name', ({ before, event, changes }) => {
    const state = createState(before);
    expect(reducePolling(state, event)).toEqual({ ...state, ...changes });
  });
});

describe('planPoll', () => {
  const plan = (changes: Partial<PollingState>, status?: RunStatus, isDesynced = false) =>
    planPoll(
      createState(changes),
      { run: status && aRun({ status }), isDesynced },
      changes.changedAtMs === undefined ? nowMs : nowMs + 60_000,
    );

  it.each<[string, Partial<PollingState>, readonly string[]]>([
    ['the run in the first turn', { turn: 0 }, []],
    ['both lists in the second turn', { turn: 1 }, ['messages', 'steps']],
    ['the run in the third turn', { turn: 2 }, []],
    ['both lists in the reverse order in the fourth turn', { turn: 3 }, ['steps', 'messages']],
    ['one list 40 seconds after a change', { turn: 1, changedAtMs: startMs }, ['messages']],
    ['the other list two turns later', { turn: 3, changedAtMs: startMs }, ['steps']],
    ['only lists that the server has', { turn: 1, missingLists: ['messages'] }, ['steps']],
    ['no list if the server has none', { turn: 1, missingLists: ['messages', 'steps'] }, []],
    ['one list at a time while one fails', { turn: 1, failingLists: ['steps'] }, ['messages']],
    ['a growing list in every turn', { turn: 2, growingList: 'messages' }, ['messages']],
  ])('requests %s', (_, changes, lists) => {
    expect(plan(changes, 'in_progress')).toEqual({ isFull: false, lists });
  });

  it.each(['queued', 'requires_action', 'cancelling'] as const)(
    'requests only the run while its status is %s',
    (status) => {
      expect(plan({ turn: 1 }, status)).toEqual({ isFull: false, lists: [] });
      expect(plan({ turn: 2, growingList: 'messages' }, status).lists).toEqual([]);
    },
  );

  it('requests failing lists even while the run cannot write', () => {
    expect(plan({ turn: 1, failingLists: ['messages'] }, 'queued').lists).toEqual(['messages']);
  });

  it.each<[string, Partial<PollingState>, boolean]>([
    ['at first', { isFullPollDue: true }, false],
    ['after an event that could not be applied', { turn: 1 }, true],
  ])('requests everything %s', (_, changes, isDesynced) => {
    expect(plan(changes, 'in_progress', isDesynced)).toEqual({ isFull: true, lists: [] });
  });

  it('does not request everything while a list fails', () => {
    const changes = { isFullPollDue: true, failingLists: ['steps'], turn: 0 } as const;
    expect(plan(changes, 'in_progress', true)).toEqual({ isFull: false, lists: [] });
  });
});

describe('planPause', () => {
  const run = aRun({ status: 'in_progress' });
  const pause = (
    changes: Partial<PollingState>,
    { at = nowMs, isHidden = false }: { at?: number; isHidden?: boolean } = {},
  ) => planPause(createState(changes), run, { nowMs: at, isHidden }, () => 0);

  it.each<[string, Partial<PollingState>, number, number]>([
    ['after a change', {}, 400, 400],
    ['after two polls without a change', { unchangedPolls: 2 }, 1_024, 400],
    ['after many polls without a change', { unchangedPolls: 20 }, 5_000, 400],
    ['with a shorter delay that the server requests', { requestedMs: 100 }, 100, 100],
    ['with a longer delay that the server requests', { requestedMs: 7_000 }, 7_000, 7_000],
    [
      'with a short delay that the server has requested too often',
      { requestedMs: 100, unchangedPolls: 4 },
      2_621.44,
      100,
    ],
    ['after a failure with Retry-After', { retryAfterMs: 60_000 }, 60_000, 60_000],
    ['after a failure with a short Retry-After', { retryAfterMs: 0 }, 400, 400],
  ])('is the expected delay %s', (_, changes, delayMs, minDelayMs) => {
    const delay = pause(changes);
    expect(delay?.delayMs).toBeCloseTo(delayMs);
    expect(delay?.minDelayMs).toBeCloseTo(minDelayMs);
  });

  it('is longer on hidden pages, and can be ended early when the page is shown', () => {
    expect(pause({}, { isHidden: true })).toEqual({ delayMs: 15_000, minDelayMs: 400 });
  });

  it.each([
    [629_500, 501],
    [630_000, 1],
  ])('ends with the deadline of the run: %d ms after its creation', (elapsedMs, delayMs) => {
    const changes = { changedAtMs: startMs + elapsedMs, unchangedPolls: 20 };
    expect(pause(changes, { at: startMs + elapsedMs })?.delayMs).toBe(delayMs);
  });

  it('is undefined after the deadline of the run', () => {
    expect(pause({}, { at: startMs + 630_001 })).toBeUndefined();
  });
});

describe('compareRuns', () => {
  const before: RunState = {
    ...emptyRunState,
    run: aRun({ status: 'in_progress' }),
    messages: [aMessage('Hel')],
    steps: [aStep()],
  };

  it.each<[string, Partial<RunState>, object]>([
    ['the same objects', {}, { type: 'unchanged' }],
    [
      'a run with other fields',
      { run: aRun({ status: 'in_progress', metadata: { a: '1' } }) },
      { type: 'unchanged' },
    ],
    ['a grown message', { messages: [aMessage('Hello')] }, { type: 'grown', list: 'messages' }],
    ['a grown step', { steps: [aStep()] }, { type: 'grown', list: 'steps' }],
    [
      'a grown message and a grown step',
      { messages: [aMessage('Hello')], steps: [aStep()] },
      { type: 'grown', list: 'messages' },
    ],
    ['a new status of the run', { run: aRun({ status: 'completed' }) }, { type: 'changed' }],
    [
      'a finished message',
      { messages: [aMessage('Hel', { status: 'completed' })] },
      { type: 'changed' },
    ],
    ['a finished step', { steps: [aStep({ status: 'completed' })] }, { type: 'changed' }],
    ['a new step', { steps: [aStep(), aStep({ id: 'step_2' })] }, { type: 'changed' }],
    [
      'a new message',
      { messages: [aMessage('Hel'), aMessage('', { id: 'msg_2' })] },
      { type: 'changed' },
    ],
  ])('classifies %s', (_, changes, expected) => {
    expect(compareRuns(before, { ...before, ...changes })).toEqual(expected);
  });
});
