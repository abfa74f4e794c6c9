import { expect, test } from 'vitest';
import { toIndexes, findRange, type RowRange } from '../../../src/core/scroll/rowRange.js';

/** Rows with the numbers from, inclusive, to, exclusive, as keys. */
const rowsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => ({ key: `${from + at}` }));
const rangeOf = (from: number, to: number, start: number, end: number): RowRange => ({
  rows: rowsOf(from, to),
  start,
  end,
  kept: [],
  extent: 'window',
});

test('grows with what comes behind the end', () => {
  expect(findRange(rangeOf(0, 100, 90, 100), rowsOf(0, 103))).toMatchObject({
    start: 90,
    end: 103,
  });
});

test('stays where it is when something comes behind the end and that is out of sight', () => {
  expect(findRange(rangeOf(0, 100, 10, 20), rowsOf(0, 103))).toMatchObject({ start: 10, end: 20 });
});

test('moves along when something comes in front', () => {
  expect(findRange(rangeOf(50, 100, 3, 9), rowsOf(20, 100))).toMatchObject({ start: 33, end: 39 });
});

test('finds its rows when something comes on both sides', () => {
  expect(findRange(rangeOf(50, 100, 3, 9), rowsOf(20, 120))).toMatchObject({ start: 33, end: 39 });
});

test('begins again at the end when its rows are gone', () => {
  expect(findRange(rangeOf(0, 100, 3, 9), rowsOf(500, 503))).toMatchObject({ start: 0, end: 3 });
  expect(findRange(rangeOf(0, 100, 3, 9), [])).toMatchObject({ start: 0, end: 0 });
});

test('is the same object for the same list', () => {
  const range = rangeOf(0, 100, 3, 9);
  expect(findRange(range, range.rows)).toBe(range);
});

test('is all of any list while it is printed', () => {
  expect(findRange({ ...rangeOf(0, 100, 0, 100), extent: 'rows' }, rowsOf(0, 105))).toMatchObject({
    start: 0,
    end: 105,
  });
});

test('names rows that are kept on either side, in order and once', () => {
  const range = { ...rangeOf(0, 100, 10, 13), kept: ['2', '11', '60', 'gone'] };
  expect(toIndexes(range, [99, 60])).toEqual([2, 10, 11, 12, 60, 99]);
});
