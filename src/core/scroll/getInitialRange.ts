import type { KeyedRow, RowRange } from './rowRange.js';

/** So many rows are in the page as a whole before it is known that there will be more of them. */
const WHOLE_AT_MOST = 32;
/** How many of the newest rows are made before anything is known of the room there is. */
export const FIRST_ROWS = 16;

/** What of a list is in the page at first: all of a short one, the end of a long one. */
export function getInitialRange(rows: readonly KeyedRow[]): RowRange {
  const { length } = rows;
  return {
    rows,
    start: length > WHOLE_AT_MOST ? length - FIRST_ROWS : 0,
    end: length,
    kept: [],
    extent: 'window',
  };
}
