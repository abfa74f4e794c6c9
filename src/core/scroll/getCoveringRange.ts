import type { RowSizes } from './createRowSizes.js';
import type { RowRange } from './RowRange.js';

/** Distances beyond the edges of the viewport, in CSS pixels. */
export interface Overscan {
  /** Distance that a new range covers. */
  ahead: number;
  /** Distance that a range must cover to be kept. */
  atLeast: number;
}

export const SCROLLING: Overscan = { ahead: 480, atLeast: 160 };
/**
 * Least distances, for one short commit after a leap or a resize. The rest follows on the next scroll event or at rest.
 */
export const LEAPING: Overscan = { ahead: 80, atLeast: 80 };
export const RESTING: Overscan = { ahead: 480, atLeast: 400 };

export interface CoverInput {
  range: RowRange;
  sizes: Pick<RowSizes, 'getOffset' | 'findIndexAt'>;
  /** Padding before the first row of the range. */
  paddingTop: number;
  /** Edges of the scroller, as distances from the top of the list. */
  viewport: { top: number; bottom: number };
  overscan: Overscan;
  /** True to drop rows that are far outside the viewport. */
  mayShrink: boolean;
}

/** Returns the range that covers the viewport; undefined if the current range does. */
export function getCoveringRange(input: CoverInput): { start: number; end: number } | undefined {
  const { range, sizes, paddingTop, viewport } = input;
  const getLength = (start: number, end: number) => sizes.getOffset(end) - sizes.getOffset(start);
  const length = getLength(range.start, range.end);
  const isOutOfView = viewport.bottom < paddingTop || viewport.top > paddingTop + length;
  const { ahead, atLeast } = isOutOfView ? LEAPING : input.overscan;

  // Sizes that were estimated when the padding was set may have been measured since.
  const drift = sizes.getOffset(range.start) - paddingTop;
  const findStart = (distance: number) => sizes.findIndexAt(viewport.top - distance + drift);
  const findEnd = (distance: number) => sizes.findIndexAt(viewport.bottom + distance + drift) + 1;

  const start = findStart(ahead);
  const end = findEnd(ahead);
  if (start === range.start && end === range.end) return undefined;
  const isCovered = range.start <= findStart(atLeast) && range.end >= findEnd(atLeast);
  const isTooLong = input.mayShrink && length > getLength(start, end) + SCROLLING.ahead * 2;
  return isCovered && !isTooLong ? undefined : { start, end };
}
