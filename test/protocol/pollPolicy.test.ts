import { expect, test } from 'vitest';
import {
  clockSkewMs,
  pollAfterMs,
  pollDeadlineMs,
  pollDelayMs,
} from '../../src/protocol/pollPolicy.js';

const still = {
  unchangedPolls: 0,
  unchangedForMs: 0,
  status: 'in_progress',
  isHidden: false,
  askedMs: undefined,
};
const noChance = () => 0;

test('waits 400 ms at first, and by 1.6 longer each time up to 5 s', () => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 100, 1e9].map((unchangedPolls) =>
    pollDelayMs({ ...still, unchangedPolls }, noChance),
  );
  expect(delays.map(Math.round)).toEqual([400, 640, 1024, 1638, 2621, 4194, 5000, 5000, 5000]);
});

test('waits 10 s once nothing has changed for two minutes', () => {
  expect(pollDelayMs({ ...still, unchangedPolls: 50, unchangedForMs: 119_999 }, noChance)).toBe(
    5_000,
  );
  expect(pollDelayMs({ ...still, unchangedPolls: 50, unchangedForMs: 120_000 }, noChance)).toBe(
    10_000,
  );
});

test('waits 15 s at least while nobody can see the page', () => {
  expect(pollDelayMs({ ...still, isHidden: true }, noChance)).toBe(15_000);
  expect(pollDelayMs({ ...still, isHidden: true, askedMs: 30_000 }, noChance)).toBe(30_000);
});

test('waits as long as the server asks', () => {
  expect(pollDelayMs({ ...still, askedMs: 100 }, noChance)).toBe(100);
  expect(pollDelayMs({ ...still, unchangedForMs: 200_000, askedMs: 700 }, noChance)).toBe(700);
});

test('asks after a run that waits for a person every 5 s', () => {
  expect(pollDelayMs({ ...still, status: 'requires_action' }, noChance)).toBe(5_000);
});

test('polls an unknown status like any other', () => {
  expect(pollDelayMs({ ...still, status: 'dreaming', unchangedPolls: 20 }, noChance)).toBe(5_000);
});

test('adds up to a tenth of chance', () => {
  expect(pollDelayMs(still, () => 0.5)).toBe(420);
  for (let tries = 0; tries < 100; tries++) {
    const delay = pollDelayMs(still);
    expect(delay).toBeGreaterThanOrEqual(400);
    expect(delay).toBeLessThan(440);
  }
});

test('sends at most 90 polls in ten minutes in which nothing changes', () => {
  let elapsedMs = 0;
  let polls = 0;
  for (; elapsedMs < 600_000; polls++) {
    elapsedMs += pollDelayMs(
      { ...still, unchangedPolls: polls, unchangedForMs: elapsedMs },
      noChance,
    );
  }
  expect(polls).toBeLessThanOrEqual(90);
});

test.each([
  ['700', 700],
  [' 700 ', 700],
  ['0', 100],
  ['31000', 30_000],
  ['99999999999', 30_000],
  ['12.5', 100],
])('reads openai-poll-after-ms: %s as %d ms', (header, ms) => {
  expect(pollAfterMs(new Headers({ 'openai-poll-after-ms': header }))).toBe(ms);
});

test.each(['', 'soon', '-5', '1e3', 'NaN', 'Infinity', '5, 5', '0x10'])(
  'passes over openai-poll-after-ms: %s',
  (header) => {
    expect(pollAfterMs(new Headers({ 'openai-poll-after-ms': header }))).toBeUndefined();
  },
);

test('passes over a missing openai-poll-after-ms', () => {
  expect(pollAfterMs(new Headers())).toBeUndefined();
});

test('reads how far ahead or behind the clock of the server is', () => {
  const now = Date.parse('2030-01-01T00:00:00Z');
  expect(clockSkewMs(new Headers({ date: 'Tue, 01 Jan 2030 00:01:00 GMT' }), now)).toBe(60_000);
  expect(clockSkewMs(new Headers({ date: 'Mon, 31 Dec 2029 23:59:00 GMT' }), now)).toBe(-60_000);
  expect(clockSkewMs(new Headers({ date: 'junk' }), now)).toBeUndefined();
  expect(clockSkewMs(new Headers(), now)).toBeUndefined();
});

test('gives up on a run half a minute behind its expiry, or behind the ten minutes of a run without one', () => {
  expect(pollDeadlineMs({ created_at: 1_000, expires_at: 1_300 })).toBe(1_330_000);
  expect(pollDeadlineMs({ created_at: 1_000, expires_at: null })).toBe(1_630_000);
});
