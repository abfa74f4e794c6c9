/** How high the rows of a list are, as far as they have been seen, and where each begins. Lengths in CSS pixels. */
export interface RowSizes {
  readonly count: number;
  /** Takes another list; rows that were measured keep their size by key. */
  setRows: (rows: readonly { key: string }[]) => void;
  /** Says how much room a row takes, the gap behind it included. False if that was known. */
  put: (index: number, size: number) => boolean;
  sizeOf: (index: number) => number;
  /** From the top of the first row to the top of this one; with `count`, the length of the list. */
  offsetOf: (index: number) => number;
  /** The row at this distance from the top of the first; the nearest one where there is none. */
  indexAt: (offset: number) => number;
  /** Takes what has been measured so far for what has not. Moves every row behind one that was only guessed. */
  guessAnew: () => void;
}

/** A short answer. Only until the first rows have been measured. */
const FIRST_GUESS = 120;
/** Half a pixel is rounding. */
const TOLERANCE = 0.5;

/** Rows are added up in blocks of so many, so that neither opening a long list nor a size that changes is paid for row by row. */
const BLOCK = 128;

/** Sizes of no rows yet. */
export function createRowSizes(): RowSizes {
  const known = new Map<string, number>();
  let rows: readonly { key: string }[] = [];
  let guess = FIRST_GUESS;
  let guessedFrom = 0;
  let total = 0;
  // NaN for what has not been measured.
  let sizes = new Float64Array(0);
  /** Of each block of rows, how many have been measured, and how much room those take. */
  let blocks: { measured: number; size: number }[] = [];

  const sizeOf = (index: number) => {
    const size = sizes[index] ?? Number.NaN;
    return Number.isNaN(size) ? guess : size;
  };
  const offsetOf = (index: number) => {
    const whole = Math.floor(index / BLOCK);
    let offset = 0;
    for (const { measured, size } of blocks.slice(0, whole))
      offset += size + (BLOCK - measured) * guess;
    for (let row = whole * BLOCK; row < index; row += 1) offset += sizeOf(row);
    return offset;
  };
  const note = (index: number, size: number) => {
    const before = sizes[index] ?? Number.NaN;
    const block = blocks[Math.floor(index / BLOCK)];
    if (!block) return;
    block.measured += Number.isNaN(before) ? 1 : 0;
    block.size += size - (before || 0);
    sizes[index] = size;
  };

  return {
    get count() {
      return rows.length;
    },
    setRows(next) {
      rows = next;
      sizes = new Float64Array(next.length).fill(Number.NaN);
      blocks = Array.from({ length: Math.ceil(next.length / BLOCK) }, () => ({
        measured: 0,
        size: 0,
      }));
      if (known.size === 0) return;
      next.forEach(({ key }, index) => {
        const size = known.get(key);
        if (size !== undefined) note(index, size);
      });
    },
    put(index, size) {
      const key = rows[index]?.key;
      const before = sizes[index];
      if (key === undefined || before === undefined || Math.abs(before - size) < TOLERANCE)
        return false;
      total += size - (known.get(key) ?? 0);
      known.set(key, size);
      note(index, size);
      return true;
    },
    sizeOf,
    offsetOf,
    indexAt(offset) {
      let low = 0;
      let high = rows.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (offsetOf(middle) <= offset) low = middle;
        else high = middle - 1;
      }
      return Math.max(0, low);
    },
    guessAnew() {
      // Each time twice as much is known: a guess that moved with every row would move the scrollbar with it.
      if (known.size < guessedFrom * 2 || known.size === 0) return;
      guessedFrom = known.size;
      guess = total / known.size;
    },
  };
}
