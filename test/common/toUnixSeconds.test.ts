import { expect, it } from 'vitest';
import { toUnixSeconds } from '../../src/common/toUnixSeconds.js';

it.each([
  [0, 0],
  [1_999, 1],
  [1_700_000_000_000, 1_700_000_000],
])('converts %d milliseconds to %d seconds', (timeMs, seconds) => {
  expect(toUnixSeconds(timeMs)).toBe(seconds);
});
