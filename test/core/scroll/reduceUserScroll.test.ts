import { describe, expect, it } from 'vitest';
import {
  createUserScrollState,
  reduceUserScroll,
  type UserScrollEvent,
  type UserScrollState,
} from '../../../src/core/scroll/reduceUserScroll.js';

/** State of a list that follows its end at position 1,000, and whose last gesture was long ago. */
const atEnd: UserScrollState = {
  ...createUserScrollState(true),
  lastTop: 1_000,
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
  distanceToEnd,
  time,
});

const gestures: Case[] = [
  {
    name: 'holds the position after a turn of the wheel up',
    state: atEnd,
    events: [{ type: 'wheel', deltaY: -10, time: 50 }],
    expected: { gestureAt: 50, heldAt: 50, isFollowing: true },
  },
  {
    name: 'ends the hold after a turn of the wheel down',
    state: { ...atEnd, heldAt: 40 },
    events: [{ type: 'wheel', deltaY: 10, time: 50 }],
    expected: { gestureAt: 50, heldAt: undefined },
  },
  {
    name: 'starts the hold again with each turn of the wheel up',
    state: { ...atEnd, heldAt: 40 },
    events: [{ type: 'wheel', deltaY: -10, time: 60 }],
    expected: { heldAt: 60 },
  },
  {
    name: 'holds the position after a key that scrolls up',
    state: atEnd,
    events: [{ type: 'key', key: 'PageUp', time: 50 }],
    expected: { gestureAt: 50, heldAt: 50 },
  },
  {
    name: 'keeps the hold after another key',
    state: { ...atEnd, heldAt: 40 },
    events: [{ type: 'key', key: 'ArrowDown', time: 50 }],
    expected: { gestureAt: 50, heldAt: 40 },
  },
  {
    name: 'records a press on the scrollbar',
    state: atEnd,
    events: [{ type: 'press', isOnScrollbar: true }],
    expected: { isPressed: true },
  },
  {
    name: 'ignores a press on the content',
    state: atEnd,
    events: [{ type: 'press', isOnScrollbar: false }],
    expected: { isPressed: false },
  },
  {
    name: 'records a touch',
    state: atEnd,
    events: [{ type: 'touchStart' }, { type: 'touchMove', time: 50 }],
    expected: { isPressed: true, gestureAt: 50 },
  },
  {
    name: 'ends a press',
    state: { ...atEnd, isPressed: true },
    events: [{ type: 'release' }],
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
    name: 'keeps following when a script scrolls up',
    state: atEnd,
    events: [scroll(0, 1_000)],
    expected: { isFollowing: true, lastTop: 0, gestureAt: -Infinity },
  },
  {
    name: 'keeps following 300 ms after the last gesture',
    state: { ...atEnd, gestureAt: 9_700 },
    events: [scroll(990, 10)],
    expected: { isFollowing: true },
  },
  {
    name: 'counts inertia as the user while its events are less than 300 ms apart',
    state: { ...atEnd, gestureAt: 9_900 },
    events: [scroll(1_000.5, 0.5, 10_100), scroll(990, 10, 10_350)],
    expected: { isFollowing: false, gestureAt: 10_350 },
  },
  {
    name: 'keeps following when shorter content moves the end up',
    state: { ...atEnd, gestureAt: 9_900 },
    events: [scroll(900, 1)],
    expected: { isFollowing: true, lastTop: 900 },
  },
  {
    name: 'starts following near the end when the user scrolls down',
    state: { ...away, gestureAt: 9_900 },
    events: [scroll(1_100, 24)],
    expected: { isFollowing: true },
  },
  {
    name: 'does not start following farther from the end',
    state: { ...away, gestureAt: 9_900 },
    events: [scroll(1_100, 25)],
    expected: { isFollowing: false },
  },
  {
    name: 'does not start following when a script scrolls to the end',
    state: away,
    events: [scroll(1_100, 0)],
    expected: { isFollowing: false },
  },
  {
    name: 'counts scrolling during a press as the user',
    state: { ...atEnd, isPressed: true },
    events: [scroll(500, 500)],
    expected: { isFollowing: false },
  },
  {
    name: 'counts scrolling during a search as the user',
    state: atEnd,
    events: [{ type: 'setSearching', isSearching: true }, scroll(500, 500)],
    expected: { isFollowing: false, isSearching: true },
  },
  {
    name: 'counts scrolling after a search as a script',
    state: { ...atEnd, isSearching: true },
    events: [{ type: 'setSearching', isSearching: false }, scroll(500, 500)],
    expected: { isFollowing: true, isSearching: false },
  },
];

const commands: Case[] = [
  {
    name: 'updates the position after scrolling by the observer',
    state: atEnd,
    events: [{ type: 'ownScroll', topBefore: 1_000, topAfter: 1_250 }],
    expected: { lastTop: 1_250 },
  },
  {
    name: 'keeps the distance that the user has scrolled since the last event',
    state: { ...atEnd, gestureAt: 9_900 },
    events: [{ type: 'ownScroll', topBefore: 970, topAfter: 1_220 }, scroll(1_220, 30)],
    expected: { isFollowing: false, lastTop: 1_220 },
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
    ['a release without a press', atEnd, { type: 'release' }],
    ['the same value of following', atEnd, { type: 'setFollowing', isFollowing: true }],
  ])('returns the same state for %s', (_, state, event) => {
    expect(reduceUserScroll(state, event)).toBe(state);
  });
});
