import { getInitialRange } from './getInitialRange.js';
import type { KeyedRow, RowRange } from './RowRange.js';

/** Most rows that a range is extended to when rows are added. A hidden list may receive thousands. */
const MAX_EXTENDED = 64;

/** Returns the range for a changed list: the same rows, and new rows after them if the range included the end. */
export function remapRange(range: RowRange, rows: readonly KeyedRow[]): RowRange {
  if (range.rows === rows) return range;
  const { length } = rows;
  if (range.extent === 'rows') return { ...range, rows, start: 0, end: length };
  const shift = length - range.rows.length;
  const start = findIndexNear(rows, range.rows[range.start]?.key, range.start, shift);
  if (start === -1) return { ...range, ...getInitialRange(rows), extent: range.extent };
  const lastIndex = range.end - 1;
  const last = findIndexNear(rows, range.rows[lastIndex]?.key, lastIndex, shift);
  const end = Math.max(start, last) + 1;
  const includedEnd = range.end === range.rows.length;
  const extendedEnd = Math.max(end, Math.min(length, start + MAX_EXTENDED));
  return { ...range, rows, start, end: includedEnd ? extendedEnd : end };
}

/** Number of rows before and after the anchor row when a list returns to a window. */
const WINDOW_BEFORE = 8;
const WINDOW_AFTER = 16;

/**
 * Returns the range for another extent.
 *
 * @param anchorKey Row to show in a window; undefined for the end of the list.
 */
export function changeExtent(
  range: RowRange,
  extent: RowRange['extent'],
  anchorKey: string | undefined,
): RowRange {
  const { length } = range.rows;
  switch (extent) {
    case 'rows':
      return { ...range, start: 0, end: length, extent };
    case 'text':
      return { ...range, extent };
    case 'window': {
      const found = range.rows.findIndex(({ key }) => key === anchorKey);
      const anchor = anchorKey === undefined ? length - 1 : Math.max(0, found);
      return {
        ...range,
        start: Math.max(0, anchor - WINDOW_BEFORE),
        end: Math.min(length, anchor + WINDOW_AFTER),
        extent,
      };
    }
  }
}

/**
 * Relation of a new range to the previous one, by the row whose position is known in both.
 *
 * - 'startKept': the first row of the new range was in the previous range, at `previousIndex`.
 * - 'startMovedUp': the first row of the previous range is in the new range of the same list.
 * - 'disjoint': neither.
 */
export type RangeTransition =
  { type: 'startKept'; previousIndex: number } | { type: 'startMovedUp' } | { type: 'disjoint' };

export function getRangeTransition(before: RowRange, after: RowRange): RangeTransition {
  // Padding means nothing while all rows are in the page, so no position is known.
  if (before.extent !== 'window') return { type: 'disjoint' };
  const previousIndex = findIndexNear(
    before.rows,
    after.rows[after.start]?.key,
    after.start,
    before.rows.length - after.rows.length,
  );
  if (previousIndex >= before.start && previousIndex < before.end)
    return { type: 'startKept', previousIndex };
  const isMovedUp =
    before.rows === after.rows && before.start >= after.start && before.start < after.end;
  return { type: isMovedUp ? 'startMovedUp' : 'disjoint' };
}

/**
 * Returns the indexes of all rows in the page, ascending: those of the range, the pinned keys and the pinned indexes.
 *
 * @param pinnedIndexes Indexes of further rows that stay in the page.
 */
export function getRenderedIndexes(
  { rows, start, end, pinnedKeys }: RowRange,
  pinnedIndexes: readonly number[],
): number[] {
  const pinned = new Set(pinnedIndexes);
  // Selected rows follow one another.
  let previous = end - 1;
  for (const key of pinnedKeys) {
    previous = findIndexNear(rows, key, previous + 1, -1);
    pinned.add(previous);
  }
  const outside = [...pinned]
    .filter((index) => index >= 0 && index < rows.length && (index < start || index >= end))
    .sort((a, b) => a - b);
  const inside = Array.from({ length: end - start }, (_, offset) => start + offset);
  return [
    ...outside.filter((index) => index < start),
    ...inside,
    ...outside.filter((index) => index >= end),
  ];
}

/**
 * Returns the index of a key, -1 if it is missing. Tries `index` first, then `index + shift`: a row rarely moves other
 * than by the number of rows added before it.
 */
export function findIndexNear(
  rows: readonly KeyedRow[],
  key: string | undefined,
  index: number,
  shift: number,
): number {
  if (key === undefined) return -1;
  if (rows[index]?.key === key) return index;
  if (rows[index + shift]?.key === key) return index + shift;
  return rows.findIndex((row) => row.key === key);
}
