import { expect, test } from 'vitest';
import { getInitialRange } from '../../../src/core/scroll/getInitialRange.js';

const rowsOf = (count: number) => Array.from({ length: count }, (_, at) => ({ key: `${at}` }));

test('has the newest rows of a long list', () => {
  const { start, end } = getInitialRange(rowsOf(1_000));
  expect(end).toBe(1_000);
  expect(start).toBeGreaterThan(900);
});

test.each([0, 1, 16, 20])('has all of a list of %i', (count) => {
  expect(getInitialRange(rowsOf(count))).toMatchObject({ start: 0, end: count });
});
