import { describe, expect, it } from 'vitest';
import {
  createUserScrollState,
  reduceUserScroll,
  type UserScrollEvent,
  type UserScrollState,
} from '../../../src/core/scroll/reduceUserScroll.js';

/** State of a list that follows its end at position 1,000, and whose last gesture was long ago. */
const atEnd: UserScrollState = {
  ...createUserScrollState(true, 1_000),
};
const away: UserScrollState = { ...atEnd, isFollowing: false };

interface Case {
  name: string;
  state: UserScrollState;
  events: UserScrollEvent[];
  expected: Partial<UserScrollState>;
}

const scroll = (top: number, distanceToEnd: number, time = 10_000): UserScrollEvent => ({
  type: 'scroll',
  top,
  end: top + distanceToEnd,
  time,
});

const gestures: Case[] = [
  {
    name: 'holds the position after a gesture that may lead away from the end',
    state: atEnd,
    events: [{ type: 'gesture', isAway: true, end: 1_000, time: 50 }],
    expected: { gestureAt: 50, gestureEnd: 1_000, heldAt: 50, isFollowing: true },
  },
  {
    name: 'starts the hold again with each such gesture',
    state: { ...atEnd, heldAt: 40 },
    events: [{ type: 'gesture', isAway: true, end: 1_000, time: 60 }],
    expected: { heldAt: 60 },
  },
  {
    name: 'keeps the hold after another gesture',
    state: { ...atEnd, heldAt: 40 },
    events: [{ type: 'gesture', isAway: false, end: 1_000, time: 50 }],
    expected: { gestureAt: 50, heldAt: 40 },
  },
  {
    name: 'records a press',
    state: atEnd,
    events: [{ type: 'press', isPressed: true }],
    expected: { isPressed: true },
  },
  {
    name: 'ends a press',
    state: { ...atEnd, isPressed: true },
    events: [{ type: 'press', isPressed: false }],
    expected: { isPressed: false },
  },
  {
    name: 'ends a hold',
    state: { ...atEnd, heldAt: 40 },
    events: [{ type: 'holdEnd' }],
    expected: { heldAt: undefined },
  },
];

const scrolling: Case[] = [
  {
    name: 'stops following when the user scrolls up',
    state: { ...atEnd, gestureAt: 9_900, heldAt: 9_900 },
    events: [scroll(990, 10)],
    expected: { isFollowing: false, heldAt: undefined, lastTop: 990, gestureAt: 10_000 },
  },
  {
    name: 'stops following when a script scrolls up',
    state: atEnd,
    events: [scroll(0, 1_000)],
    expected: { isFollowing: false, lastTop: 0, gestureAt: -Infinity },
  },
  {
    name: 'counts inertia as a gesture while its events are less than 300 ms apart',
    state: { ...atEnd, gestureAt: 9_900 },
    events: [scroll(1_000.5, 0.5, 10_100), scroll(990, 10, 10_350)],
    expected: { isFollowing: false, gestureAt: 10_350 },
  },
  {
    name: 'keeps following when the browser moves the view to the end of shorter content',
    state: atEnd,
    events: [scroll(900, 1)],
    expected: { isFollowing: true, lastTop: 900 },
  },
  {
    name: 'stops following when the user scrolls up from the end of shorter content',
    state: atEnd,
    events: [scroll(890, 10)],
    expected: { isFollowing: false, lastTop: 890 },
  },
  {
    name: 'starts following near the end on the way down',
    state: away,
    events: [scroll(1_100, 24)],
    expected: { isFollowing: true },
  },
  {
    name: 'does not start following farther from the end',
    state: away,
    events: [scroll(1_100, 25)],
    expected: { isFollowing: false },
  },
  {
    name: 'starts following at the place where the end was at the gesture',
    state: away,
    events: [{ type: 'gesture', isAway: false, end: 1_400, time: 9_900 }, scroll(1_400, 200)],
    expected: { isFollowing: true },
  },
  {
    name: 'does not start following at the place where the end was at an earlier gesture',
    state: away,
    events: [{ type: 'gesture', isAway: false, end: 1_400, time: 9_000 }, scroll(1_400, 200)],
    expected: { isFollowing: false },
  },
  {
    name: 'moves the place of the end with its own scrolling',
    state: away,
    events: [
      { type: 'gesture', isAway: false, end: 1_400, time: 9_900 },
      { type: 'ownScroll', topBefore: 1_000, topAfter: 4_000, end: 4_400 },
      scroll(4_005, 395),
    ],
    expected: { isFollowing: false },
  },
];

const commands: Case[] = [
  {
    name: 'updates the position after scrolling by the observer',
    state: atEnd,
    events: [{ type: 'ownScroll', topBefore: 1_000, topAfter: 1_250, end: 2_000 }],
    expected: { lastTop: 1_250 },
  },
  {
    name: 'keeps the distance that the user has scrolled since the last event',
    state: { ...atEnd, gestureAt: 9_900 },
    events: [{ type: 'ownScroll', topBefore: 970, topAfter: 1_220, end: 1_250 }, scroll(1_220, 30)],
    expected: { isFollowing: false, lastTop: 1_220 },
  },
  {
    name: 'does not keep a movement to the end of shorter content',
    state: atEnd,
    events: [{ type: 'ownScroll', topBefore: 600, topAfter: 700, end: 600 }],
    expected: { isFollowing: true, lastTop: 700 },
  },
  {
    name: 'takes over a position',
    state: atEnd,
    events: [{ type: 'setTop', top: 40 }, scroll(41, 900)],
    expected: { isFollowing: true, lastTop: 41 },
  },
  {
    name: 'ends the hold when following changes',
    state: { ...away, heldAt: 40 },
    events: [{ type: 'setFollowing', isFollowing: true }],
    expected: { isFollowing: true, heldAt: undefined },
  },
];

describe('reduceUserScroll', () => {
  it.each([...gestures, ...scrolling, ...commands])('$name', ({ state, events, expected }) => {
    expect(events.reduce(reduceUserScroll, state)).toMatchObject(expected);
  });

  it.each<[string, UserScrollState, UserScrollEvent]>([
    ['a scroll event without movement', { ...away, gestureAt: 9_900 }, scroll(1_000, 0)],
    ['the same value of following', atEnd, { type: 'setFollowing', isFollowing: true }],
  ])('returns the same state for %s', (_, state, event) => {
    expect(reduceUserScroll(state, event)).toBe(state);
  });
});
