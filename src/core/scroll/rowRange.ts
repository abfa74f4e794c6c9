import { getInitialRange } from './getInitialRange.js';

/** A row that keeps its key while it is in the list. */
export interface KeyedRow {
  readonly key: string;
}

/** Which rows of a list are in the page. */
export interface RowRange {
  /** The list that the indexes are of. */
  rows: readonly KeyedRow[];
  start: number;
  /** Behind the last. */
  end: number;
  /** Keys of rows outside that stay in the page: one that has the focus or grows. */
  kept: readonly string[];
  /**
   * 'window' is what is in sight and a bit around it; 'rows' is all of them, for paper; 'text' is all of them, those outside
   * as bare text, for the browser's search.
   */
  extent: 'window' | 'rows' | 'text';
}

/** The range for another list: the same rows, and what has come behind them where the end was in it. */
export function findRange(range: RowRange, rows: readonly KeyedRow[]): RowRange {
  if (range.rows === rows) return range;
  const { length } = rows;
  if (range.extent === 'rows') return { ...range, rows, start: 0, end: length };
  const start = findIndexNear(
    rows,
    range.rows[range.start]?.key,
    range.start,
    length - range.rows.length,
  );
  if (start === -1) return { ...range, ...getInitialRange(rows), extent: range.extent };
  const reachesEnd = range.end === range.rows.length;
  const last = reachesEnd
    ? length - 1
    : findIndexNear(
        rows,
        range.rows[range.end - 1]?.key,
        range.end - 1,
        length - range.rows.length,
      );
  return { ...range, rows, start, end: Math.max(start, last) + 1 };
}

/** The indexes that are in the page, ascending. */
export function toIndexes(
  { rows, start, end, kept }: RowRange,
  keptToo: readonly number[],
): number[] {
  const outside = new Set(keptToo);
  for (const key of kept) outside.add(findIndexNear(rows, key, end, -1));
  const apart = [...outside]
    .filter((index) => index >= 0 && index < rows.length && (index < start || index >= end))
    .sort((a, b) => a - b);
  const inside = Array.from({ length: end - start }, (_, place) => start + place);
  return [
    ...apart.filter((index) => index < start),
    ...inside,
    ...apart.filter((index) => index >= end),
  ];
}

/** Where a key is: nearly always where it was, or as much further as rows were put in front. */
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
