import { describe, expect, it } from 'vitest';
import {
  getPollDeadlineMs,
  getPollDelayMs,
  getPollTimeLeftMs,
  readClockSkewMs,
  readPollAfterMs,
  type PollSituation,
} from '../../src/protocol/pollPolicy.js';

const firstPoll: PollSituation = {
  unchangedPolls: 0,
  unchangedForMs: 0,
  status: 'in_progress',
  isHidden: false,
  requestedMs: undefined,
};

/** Returns the delay without jitter. */
const getDelay = (situation: Partial<PollSituation>) =>
  getPollDelayMs({ ...firstPoll, ...situation }, () => 0);

describe('getPollDelayMs', () => {
  it('starts at 400 ms and grows by a factor of 1.6 up to 5 s', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 100, 1e9].map((unchangedPolls) =>
      getDelay({ unchangedPolls }),
    );
    expect(delays.map(Math.round)).toEqual([400, 640, 1024, 1638, 2621, 4194, 5000, 5000, 5000]);
  });

  it.each<[string, Partial<PollSituation>, number]>([
    [
      'is 5 s until two minutes without a change',
      { unchangedPolls: 50, unchangedForMs: 119_999 },
      5_000,
    ],
    [
      'is 10 s after two minutes without a change',
      { unchangedPolls: 50, unchangedForMs: 120_000 },
      10_000,
    ],
    ['is at least 15 s while the page is hidden', { isHidden: true }, 15_000],
    [
      'follows a longer request of the server while the page is hidden',
      { isHidden: true, requestedMs: 30_000 },
      30_000,
    ],
    ['follows a shorter request of the server', { requestedMs: 100 }, 100],
    [
      'follows the server even after two minutes without a change',
      { unchangedForMs: 200_000, requestedMs: 700 },
      700,
    ],
    [
      'ignores a shorter request after four unchanged polls',
      { unchangedPolls: 4, requestedMs: 100 },
      400 * 1.6 ** 4,
    ],
    [
      'follows a longer request after four unchanged polls',
      { unchangedPolls: 4, requestedMs: 20_000 },
      20_000,
    ],
    ['is 5 s for a run in requires_action', { status: 'requires_action' }, 5_000],
    ['treats an unknown status like any other', { status: 'dreaming', unchangedPolls: 20 }, 5_000],
  ])('%s', (_, situation, expected) => {
    expect(getDelay(situation)).toBeCloseTo(expected, 6);
  });

  it('adds up to 10 % of jitter', () => {
    expect(getPollDelayMs(firstPoll, () => 0.5)).toBe(420);
    for (let count = 0; count < 100; count += 1) {
      const delay = getPollDelayMs(firstPoll);
      expect(delay).toBeGreaterThanOrEqual(400);
      expect(delay).toBeLessThan(440);
    }
  });

  it('allows at most 90 polls in ten minutes without a change', () => {
    let elapsedMs = 0;
    let polls = 0;
    while (elapsedMs < 600_000) {
      elapsedMs += getDelay({ unchangedPolls: polls, unchangedForMs: elapsedMs });
      polls += 1;
    }
    expect(polls).toBeLessThanOrEqual(90);
  });
});

describe('readPollAfterMs', () => {
  it.each([
    ['700', 700],
    [' 700 ', 700],
    ['0', 100],
    ['31000', 30_000],
    ['99999999999', 30_000],
    ['12.5', 100],
  ])('reads %j as %d ms', (header, expected) => {
    expect(readPollAfterMs(new Headers({ 'openai-poll-after-ms': header }))).toBe(expected);
  });

  it.each(['', 'soon', '-5', '1e3', 'NaN', 'Infinity', '5, 5', '0x10'])('ignores %j', (header) => {
    expect(readPollAfterMs(new Headers({ 'openai-poll-after-ms': header }))).toBeUndefined();
  });

  it('returns undefined for a missing header', () => {
    expect(readPollAfterMs(new Headers())).toBeUndefined();
  });
});

describe('readClockSkewMs', () => {
  const now = Date.parse('2030-01-01T00:00:00Z');

  it.each([
    ['a clock that is ahead', { date: 'Tue, 01 Jan 2030 00:01:00 GMT' }, 60_000],
    ['a clock that is behind', { date: 'Mon, 31 Dec 2029 23:59:00 GMT' }, -60_000],
    ['an invalid date', { date: 'junk' }, undefined],
    ['a missing date', {}, undefined],
  ])('reads %s', (_, headers, expected) => {
    expect(readClockSkewMs(new Headers(headers), now)).toBe(expected);
  });
});

describe('getPollDeadlineMs', () => {
  it('is 30 s after the expiry of a run', () => {
    expect(getPollDeadlineMs({ created_at: 1_000, expires_at: 1_300 })).toBe(1_330_000);
  });

  it('assumes ten minutes for a run without an expiry', () => {
    expect(getPollDeadlineMs({ created_at: 1_000, expires_at: null })).toBe(1_630_000);
  });
});

describe('getPollTimeLeftMs', () => {
  const run = { created_at: 1_000, expires_at: 1_300 };

  it.each([
    ['by the clock of the server', run, { nowMs: 500_000, skewMs: 600_000 }, 230_000],
    ['after the deadline', run, { nowMs: 500_000, skewMs: 900_000 }, -70_000],
    // 100 s have passed since polling started, when the run counts as created.
    ['without the clock of the server', run, { nowMs: 500_000, skewMs: undefined }, 230_000],
    ['without a run', undefined, { nowMs: 500_000, skewMs: 0 }, 530_000],
    [
      'for a run with invalid times',
      { created_at: Number.NaN, expires_at: null },
      { nowMs: 500_000, skewMs: 0 },
      530_000,
    ],
  ])('returns the time left %s', (_, given, clock, expected) => {
    expect(getPollTimeLeftMs(given, { startedAtMs: 400_000, ...clock })).toBe(expected);
  });
});
