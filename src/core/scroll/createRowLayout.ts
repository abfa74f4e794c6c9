import { isElement } from '../../common/isElement.js';
import { createRowSizes, type RowSizes } from './createRowSizes.js';
import { getInitialRange } from './getInitialRange.js';
import { getRangeTransition, type RangeTransition } from './rangeTransitions.js';
import type { RowRange } from './RowRange.js';

/** Rows of a list that are in the page. */
export interface RenderedRows {
  range: RowRange;
  /**
   * Indexes of the rows, ascending. Rows outside `start` and `end` must be positioned absolutely; their offset is set
   * for them.
   */
  indexes: readonly number[];
}

/** The rows in the page, their sizes, and the padding of the list element in place of the other rows. */
export interface RowLayout {
  readonly sizes: RowSizes;
  getRendered: () => RenderedRows;
  /**
   * Padding before the first row, in CSS pixels. Differs from its offset once rows before it turn out higher or lower
   * than estimated.
   */
  getPaddingTop: () => number;
  /** Returns the whole padding of the list element, in CSS pixels. */
  getPadding: () => number;
  getList: () => HTMLElement | undefined;
  setList: (list: HTMLElement | undefined) => void;
  /** Reads the sizes of the rows from the page. */
  measure: () => void;
  /** Writes the padding and the positions of the rows outside the range. */
  setPaddingTop: (paddingTop: number) => void;
  /**
   * Takes over rows that were just rendered. The first row whose position is known stays in place.
   *
   * @param measureFirst Measures the rows before the padding is set.
   */
  commit: (next: RenderedRows, measureFirst: boolean) => RangeTransition['type'];
}

export function createRowLayout(): RowLayout {
  const sizes = createRowSizes();
  let list: HTMLElement | undefined;
  let rendered: RenderedRows = { range: getInitialRange([]), indexes: [] };
  let paddingTop = 0;
  let padding = 0;

  const measure = () => {
    // Plain text has another height than its row.
    if (list && rendered.range.extent !== 'text') measureRows(list, rendered, sizes);
  };
  const setPaddingTop = (next: number) => {
    paddingTop = rendered.range.extent === 'window' ? next : 0;
    const paddingBottom = getPaddingBottom(rendered, sizes);
    padding = paddingTop + paddingBottom;
    if (list) writePadding(list, rendered, sizes, { paddingTop, paddingBottom });
  };

  return {
    sizes,
    getRendered: () => rendered,
    getPaddingTop: () => paddingTop,
    getPadding: () => padding,
    getList: () => list,
    setList(next) {
      list = next;
    },
    measure,
    setPaddingTop,
    commit(next, measureFirst) {
      const before = rendered.range;
      const { range } = next;
      const transition = getRangeTransition(before, range);
      // Uses the sizes of the list that both rows were in.
      const movedBy =
        transition.type === 'startKept'
          ? sizes.getOffset(transition.previousIndex) - sizes.getOffset(before.start)
          : 0;
      if (before.rows !== range.rows) sizes.setRows(range.rows);
      rendered = next;
      if (measureFirst) {
        measure();
        sizes.updateEstimate();
      }
      setPaddingTop(getPaddingAfter(transition.type));
      return transition.type;

      function getPaddingAfter(type: RangeTransition['type']): number {
        switch (type) {
          case 'startKept':
            return paddingTop + movedBy;
          case 'startMovedUp':
            return Math.max(
              0,
              paddingTop - sizes.getOffset(before.start) + sizes.getOffset(range.start),
            );
          case 'disjoint':
            return sizes.getOffset(range.start);
        }
      }
    },
  };
}

function measureRows(list: HTMLElement, { indexes }: RenderedRows, sizes: RowSizes): void {
  const gap = Number.parseFloat(getComputedStyle(list).rowGap) || 0;
  [...list.children].forEach((element, position) => {
    const index = indexes[position];
    if (index !== undefined) sizes.setSize(index, element.getBoundingClientRect().height + gap);
  });
}

function getPaddingBottom({ range: { end, extent } }: RenderedRows, sizes: RowSizes): number {
  if (extent !== 'window') return 0;
  return Math.max(0, sizes.getOffset(sizes.count) - sizes.getOffset(end));
}

function writePadding(
  list: HTMLElement,
  { range, indexes }: RenderedRows,
  sizes: RowSizes,
  { paddingTop, paddingBottom }: { paddingTop: number; paddingBottom: number },
): void {
  const { start, end, extent } = range;
  list.style.paddingBlockStart = `${paddingTop}px`;
  list.style.paddingBlockEnd = `${paddingBottom}px`;
  const hasPinnedRows = indexes.length !== end - start;
  if (extent !== 'window' || !hasPinnedRows) return;
  [...list.children].forEach((element, position) => {
    const index = indexes[position] ?? 0;
    const isPinned = index < start || index >= end;
    if (!isPinned || !isElement(element)) return;
    const top = paddingTop + sizes.getOffset(index) - sizes.getOffset(start);
    element.style.insetBlockStart = `${top}px`;
  });
}
