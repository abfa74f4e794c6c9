import { describe, expect, it } from 'vitest';
import {
  changeExtent,
  getRangeTransition,
  getRenderedIndexes,
  remapRange,
} from '../../../src/core/scroll/rangeTransitions.js';
import type { RowRange } from '../../../src/core/scroll/RowRange.js';

/** Creates rows whose keys are the numbers from `from` to `to` (exclusive). */
const createRows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ key: `${from + index}` }));

const rows100 = createRows(0, 100);

const createRange = (overrides: Partial<RowRange>): RowRange => ({
  rows: rows100,
  start: 0,
  end: 0,
  pinnedKeys: [],
  extent: 'window',
  ...overrides,
});

describe('remapRange', () => {
  it('returns the same object for the same list', () => {
    const range = createRange({ start: 3, end: 9 });
    expect(remapRange(range, range.rows)).toBe(range);
  });

  it.each([
    {
      name: 'grows when rows are added after a range at the end',
      before: { rows: rows100, start: 90, end: 100 },
      rows: createRows(0, 103),
      after: { start: 90, end: 103 },
    },
    {
      name: 'grows by a limited number of rows at once',
      before: { rows: rows100, start: 90, end: 100 },
      rows: createRows(0, 5_000),
      after: { start: 90, end: 154 },
    },
    {
      name: 'keeps a longer range',
      before: { rows: rows100, start: 0, end: 100 },
      rows: createRows(0, 101),
      after: { start: 0, end: 100 },
    },
    {
      name: 'stays when rows are added after a range before the end',
      before: { rows: rows100, start: 10, end: 20 },
      rows: createRows(0, 103),
      after: { start: 10, end: 20 },
    },
    {
      name: 'moves when rows are added before it',
      before: { rows: createRows(50, 100), start: 3, end: 9 },
      rows: createRows(20, 100),
      after: { start: 33, end: 39 },
    },
    {
      name: 'moves when rows are added on both sides',
      before: { rows: createRows(50, 100), start: 3, end: 9 },
      rows: createRows(20, 120),
      after: { start: 33, end: 39 },
    },
    {
      name: 'returns to the end when its rows are gone',
      before: { rows: rows100, start: 3, end: 9 },
      rows: createRows(500, 503),
      after: { start: 0, end: 3 },
    },
    {
      name: 'is empty for an empty list',
      before: { rows: rows100, start: 3, end: 9 },
      rows: [],
      after: { start: 0, end: 0 },
    },
    {
      name: 'includes all rows while printing',
      before: { rows: rows100, start: 0, end: 100, extent: 'rows' as const },
      rows: createRows(0, 105),
      after: { start: 0, end: 105, extent: 'rows' },
    },
    {
      name: 'keeps the extent when its rows are gone',
      before: { rows: rows100, start: 3, end: 9, extent: 'text' as const },
      rows: createRows(500, 503),
      after: { start: 0, end: 3, extent: 'text' },
    },
  ])('$name', ({ before, rows, after }) => {
    expect(remapRange(createRange(before), rows)).toMatchObject({ rows, ...after });
  });
});

describe('changeExtent', () => {
  const range = createRange({ start: 40, end: 50 });

  it.each([
    { name: 'includes all rows for printing', extent: 'rows', anchor: '45', start: 0, end: 100 },
    { name: 'keeps the range for plain text', extent: 'text', anchor: '45', start: 40, end: 50 },
    {
      name: 'shows a window around the anchor row',
      extent: 'window',
      anchor: '45',
      start: 37,
      end: 61,
    },
    {
      name: 'shows the end without an anchor row',
      extent: 'window',
      anchor: undefined,
      start: 91,
      end: 100,
    },
    { name: 'clamps a window to the start', extent: 'window', anchor: '2', start: 0, end: 18 },
    {
      name: 'shows the start when the anchor row is gone',
      extent: 'window',
      anchor: 'gone',
      start: 0,
      end: 16,
    },
  ] as const)('$name', ({ extent, anchor, start, end }) => {
    expect(changeExtent(range, extent, anchor)).toEqual({ ...range, extent, start, end });
  });

  it('returns an empty window for an empty list', () => {
    expect(changeExtent(createRange({ rows: [], extent: 'rows' }), 'window', undefined)).toEqual(
      createRange({ rows: [] }),
    );
  });
});

describe('getRangeTransition', () => {
  const prepended = createRows(-20, 100);

  it.each([
    {
      name: 'keeps the start of a range that moves down',
      before: { start: 10, end: 20 },
      after: { start: 15, end: 25 },
      expected: { type: 'startKept', previousIndex: 15 },
    },
    {
      name: 'keeps the start when rows are added before it',
      before: { start: 10, end: 20 },
      after: { rows: prepended, start: 30, end: 40 },
      expected: { type: 'startKept', previousIndex: 10 },
    },
    {
      name: 'moves up within the same list',
      before: { start: 10, end: 20 },
      after: { start: 5, end: 15 },
      expected: { type: 'startMovedUp' },
    },
    {
      name: 'is disjoint below',
      before: { start: 10, end: 20 },
      after: { start: 20, end: 30 },
      expected: { type: 'disjoint' },
    },
    {
      name: 'is disjoint above',
      before: { start: 10, end: 20 },
      after: { start: 0, end: 10 },
      expected: { type: 'disjoint' },
    },
    {
      name: 'is disjoint when an earlier row of another list comes first',
      before: { start: 10, end: 20 },
      after: { rows: prepended, start: 25, end: 40 },
      expected: { type: 'disjoint' },
    },
    {
      name: 'is disjoint after printing',
      before: { start: 0, end: 100, extent: 'rows' as const },
      after: { start: 10, end: 20 },
      expected: { type: 'disjoint' },
    },
    {
      name: 'is disjoint for the first rows',
      before: { rows: [], start: 0, end: 0 },
      after: { start: 84, end: 100 },
      expected: { type: 'disjoint' },
    },
  ])('$name', ({ before, after, expected }) => {
    expect(getRangeTransition(createRange(before), createRange(after))).toEqual(expected);
  });
});

describe('getRenderedIndexes', () => {
  it('lists the range and the pinned rows on both sides, ascending and once', () => {
    const range = createRange({ start: 10, end: 13, pinnedKeys: ['2', '11', '60', 'gone'] });
    expect(getRenderedIndexes(range, [99, 60])).toEqual([2, 10, 11, 12, 60, 99]);
  });

  it('ignores pinned indexes outside the list', () => {
    expect(getRenderedIndexes(createRange({ start: 10, end: 12 }), [-1, 100])).toEqual([10, 11]);
  });
});
