import type { KeyedRow, RowRange } from './RowRange.js';

/** Longest list that is rendered as a whole. */
const MAX_COMPLETE_ROWS = 32;
/** Number of newest rows of a longer list that are rendered before the height of the scroller is known. */
export const INITIAL_ROW_COUNT = 16;

/** Returns the range for the first render: all of a short list, the end of a long one. */
export function getInitialRange(rows: readonly KeyedRow[]): RowRange {
  const { length } = rows;
  return {
    rows,
    start: length > MAX_COMPLETE_ROWS ? length - INITIAL_ROW_COUNT : 0,
    end: length,
    pinnedKeys: [],
    extent: 'window',
  };
}
