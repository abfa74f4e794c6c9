import type { KeyedRow } from './RowRange.js';

/** Measured and estimated heights of the rows of a list, and the offsets that follow. Lengths are in CSS pixels. */
export interface RowSizes {
  readonly count: number;
  /** Replaces the rows. Measured rows keep their size by key. */
  setRows: (rows: readonly KeyedRow[]) => void;
  /** Stores the measured size of a row, including the gap after it. Returns false if the size is unchanged. */
  setSize: (index: number, size: number) => boolean;
  /** Returns the measured size of a row, or the estimate. */
  getSize: (index: number) => number;
  /** Returns the distance from the top of the first row to the top of this row; for `count`, the length of the list. */
  getOffset: (index: number) => number;
  /** Returns the row at a distance from the top of the first row, or the nearest row. */
  findIndexAt: (offset: number) => number;
  /**
   * Sets the estimate for unmeasured rows to the mean of the measured ones. Moves all rows that follow an unmeasured
   * row, so it changes the estimate only when twice as many rows are measured as at the last change.
   */
  updateEstimate: () => void;
}

/** Estimate until rows are measured: about the height of a short message. */
const INITIAL_ESTIMATE_PX = 120;
/** Differences below half a pixel are rounding. */
const TOLERANCE_PX = 0.5;

/** Creates an empty list. */
export function createRowSizes(): RowSizes {
  const sizeByKey = new Map<string, number>();
  let rows: readonly KeyedRow[] = [];
  let sizes = createBlockSums(0);
  let estimate = INITIAL_ESTIMATE_PX;
  let measuredAtEstimate = 0;
  let measuredTotal = 0;

  const getOffset = (index: number) => sizes.getOffset(index, estimate);
  return {
    get count() {
      return rows.length;
    },
    setRows(next) {
      rows = next;
      sizes = createBlockSums(next.length);
      if (sizeByKey.size === 0) return;
      next.forEach(({ key }, index) => {
        const size = sizeByKey.get(key);
        if (size !== undefined) sizes.set(index, size);
      });
    },
    setSize(index, size) {
      const row = rows[index];
      if (row === undefined) return false;
      const before = sizes.get(index);
      if (before !== undefined && Math.abs(before - size) < TOLERANCE_PX) return false;
      measuredTotal += size - (sizeByKey.get(row.key) ?? 0);
      sizeByKey.set(row.key, size);
      sizes.set(index, size);
      return true;
    },
    getSize: (index) => sizes.get(index) ?? estimate,
    getOffset,
    findIndexAt(offset) {
      let low = 0;
      let high = rows.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (getOffset(middle) <= offset) low = middle;
        else high = middle - 1;
      }
      return Math.max(0, low);
    },
    updateEstimate() {
      // An estimate that changed with each measured row would move the scrollbar each time.
      const measured = sizeByKey.size;
      if (measured === 0 || measured < measuredAtEstimate * 2) return;
      measuredAtEstimate = measured;
      estimate = measuredTotal / measured;
    },
  };
}

/** Sizes that are summed in blocks, so that an offset in a long list does not add up every row before it. */
interface BlockSums {
  /** Returns undefined for an unmeasured row. */
  get: (index: number) => number | undefined;
  set: (index: number, size: number) => void;
  /** Returns the sum of the sizes before an index, with the estimate for unmeasured rows. */
  getOffset: (index: number, estimate: number) => number;
}

const BLOCK_LENGTH = 128;

function createBlockSums(length: number): BlockSums {
  // NaN marks an unmeasured row.
  const sizes = new Float64Array(length).fill(Number.NaN);
  const blocks = Array.from({ length: Math.ceil(length / BLOCK_LENGTH) }, () => ({
    measured: 0,
    size: 0,
  }));
  const get = (index: number) => {
    const size = sizes[index];
    return size === undefined || Number.isNaN(size) ? undefined : size;
  };
  return {
    get,
    set(index, size) {
      const block = blocks[Math.floor(index / BLOCK_LENGTH)];
      if (block === undefined) return;
      const before = get(index);
      if (before === undefined) block.measured += 1;
      block.size += size - (before ?? 0);
      sizes[index] = size;
    },
    getOffset(index, estimate) {
      const wholeBlocks = Math.floor(index / BLOCK_LENGTH);
      let offset = 0;
      for (const { measured, size } of blocks.slice(0, wholeBlocks))
        offset += size + (BLOCK_LENGTH - measured) * estimate;
      for (let row = wholeBlocks * BLOCK_LENGTH; row < index; row += 1)
        offset += get(row) ?? estimate;
      return offset;
    },
  };
}
