import { createStore } from '../../common/createStore.js';
import { getSelectedNodes, getTreeRoot } from '../../common/treeRoot.js';
import { createRowLayout, type RenderedRows, type RowLayout } from './createRowLayout.js';
import type { StickToBottomController } from './createStickToBottom.js';
import {
  getCoveringRange,
  LEAPING,
  RESTING,
  SCROLLING,
  type CoverInput,
} from './getCoveringRange.js';
import { observeListExtent } from './observeListExtent.js';
import { changeExtent, getRenderedIndexes, remapRange } from './rangeTransitions.js';
import type { KeyedRow, RowRange } from './RowRange.js';
import { warnAboutHeight } from './warnAboutHeight.js';

/** Decides which rows of a long list are in the page, and where. */
export interface RowWindow {
  /** Returns the range to render; undefined while the rows in the page are enough. */
  getRequestedRange: () => RowRange | undefined;
  subscribe: (listener: () => void) => () => void;
  /**
   * Returns the rows to render.
   *
   * @param pinnedIndexes Indexes of rows that stay in the page at any scroll position.
   */
  getRenderedRows: (
    requested: RowRange | undefined,
    rows: readonly KeyedRow[],
    pinnedIndexes: readonly number[],
  ) => RenderedRows;
  /** Lays out this element, whose children are the rendered rows, until the returned function is called. */
  attach: (list: HTMLElement) => () => void;
  /** Measures and positions rows that were just rendered. Call it before the next paint. */
  commit: (rendered: RenderedRows) => void;
  /** Returns the height of a row, measured or estimated, in CSS pixels. */
  getSize: (index: number) => number;
}

/**
 * Creates a window of rows. The browser lays out the rendered rows one below the other, and padding replaces the
 * others, so a growing row costs no render and no row is hidden until it is measured. When rows above the viewport turn
 * out higher or lower than estimated, the padding absorbs the difference and scrolling continues undisturbed; the
 * padding is corrected at rest.
 */
export function createRowWindow(stickToBottom: StickToBottomController): RowWindow {
  const requested = createStore<RowRange | undefined>(undefined);
  const layout = createRowLayout();
  const { sizes } = layout;

  const updateRange = (mayShrink: boolean, overscan = SCROLLING) => {
    const next = findRangeInView(stickToBottom, layout, { mayShrink, overscan });
    if (next) requested.setState(next);
  };

  /** Returns false if the row is in the page, or not in the list. */
  const renderRow = (key: string): boolean => {
    const { range, indexes } = layout.getRendered();
    const index = range.rows.findIndex((row) => row.key === key);
    if (index === -1 || indexes.includes(index)) return false;
    requested.setState(changeExtent(range, range.extent, key));
    return true;
  };

  const setExtent = (extent: RowRange['extent']) => {
    const { range } = layout.getRendered();
    if (extent === range.extent) return;
    requested.setState(changeExtent(range, extent, stickToBottom.getAnchorKey()));
  };

  return {
    getRequestedRange: requested.getState,
    subscribe: requested.subscribe,
    getRenderedRows(range, rows, pinnedIndexes) {
      const remapped = remapRange(range ?? layout.getRendered().range, rows);
      return { range: remapped, indexes: getRenderedIndexes(remapped, pinnedIndexes) };
    },
    attach(list) {
      layout.setList(list);
      const disconnect = stickToBottom.connectLayout({
        updateLayout(isFollowing) {
          layout.measure();
          const { start } = layout.getRendered().range;
          layout.setPaddingTop(isFollowing ? sizes.getOffset(start) : layout.getPaddingTop());
        },
        absorbShift(movedBy) {
          const paddingTop = layout.getPaddingTop();
          if (layout.getRendered().range.extent !== 'window' || paddingTop < movedBy) return false;
          layout.setPaddingTop(paddingTop - movedBy);
          return true;
        },
        onScroll() {
          updateRange(true);
          // Without rows before the range, padding above the first row would be visible.
          if (layout.getRendered().range.start === 0) correctPadding(stickToBottom, layout);
        },
        onRest() {
          sizes.updateEstimate();
          correctPadding(stickToBottom, layout);
          updateRange(true, RESTING);
        },
        onResize: () => updateRange(false, LEAPING),
        renderRow,
      });
      const stopObserving = observeListExtent(list, setExtent);
      return () => {
        disconnect();
        stopObserving();
        layout.setList(undefined);
      };
    },
    commit(rendered) {
      const { range } = rendered;
      const before = layout.getRendered().range;
      const isOtherList = before.rows !== range.rows;
      // Only the first rows are measured now. Reading the layout before the padding is set makes the browser clamp the
      // scroll position to the height of the rendered rows.
      const measureFirst = before.rows.length === 0 && stickToBottom.getView() !== undefined;
      const paddingBefore = layout.getPadding();
      const transition = layout.commit(rendered, measureFirst);
      const mayAbsorb = !isOtherList && transition !== 'disjoint';
      stickToBottom.restorePosition(mayAbsorb, layout.getPadding() - paddingBefore);
      const requestedKey = stickToBottom.getRequestedKey();
      if (requestedKey !== undefined && renderRow(requestedKey)) return;
      if (isOtherList || range.start === 0) correctPadding(stickToBottom, layout);
      stickToBottom.ensureAnchor();
      updateRange(isOtherList, transition === 'disjoint' ? LEAPING : SCROLLING);
      const view = measureFirst ? stickToBottom.getView() : undefined;
      if (view) warnAboutHeight(view.scroller);
    },
    getSize: sizes.getSize,
  };
}

/** Moves padding and scroll position by the error of earlier estimates. The rows in view do not move. */
function correctPadding(stickToBottom: StickToBottomController, layout: RowLayout): void {
  const view = stickToBottom.getView();
  const { start, extent } = layout.getRendered().range;
  const error = layout.sizes.getOffset(start) - layout.getPaddingTop();
  if (!view || extent !== 'window' || error === 0) return;
  const scroll = () => view.userScroll.scrollTo(view.scroller.scrollTop + error);
  // A list that gets shorter before the view moves up could end above the view, and the browser would move it to that end.
  if (error < 0) scroll();
  layout.setPaddingTop(layout.getPaddingTop() + error);
  if (error > 0) scroll();
}

/** Returns the range to request; undefined if the rows in the page cover the viewport. */
function findRangeInView(
  stickToBottom: StickToBottomController,
  layout: RowLayout,
  options: Pick<CoverInput, 'mayShrink' | 'overscan'>,
): RowRange | undefined {
  const view = stickToBottom.getView();
  const list = layout.getList();
  const { range, indexes } = layout.getRendered();
  if (!view || !list || range.extent !== 'window' || layout.sizes.count === 0) return undefined;
  const top = view.scroller.getBoundingClientRect().top - list.getBoundingClientRect().top;
  const next = getCoveringRange({
    ...options,
    range,
    sizes: layout.sizes,
    paddingTop: layout.getPaddingTop(),
    viewport: { top, bottom: top + view.scroller.clientHeight },
  });
  if (next === undefined) return undefined;
  const pinnedKeys = [
    ...getFocusedKeys(list),
    ...getSelectedKeys(list, range.rows, indexes),
    ...getEditedKeys(list),
  ];
  return { rows: range.rows, ...next, pinnedKeys, extent: 'window' };
}

/** Returns the key of the row with the focus. Removing that row would lose the focus. */
function getFocusedKeys(list: HTMLElement): readonly string[] {
  const row = getTreeRoot(list).activeElement?.closest<HTMLElement>('[data-key]');
  return row && list.contains(row) ? [row.dataset['key'] ?? ''] : [];
}

/** Returns the keys of the rows with a form, such as the editor of a message, which has what the user has typed. */
function getEditedKeys(list: HTMLElement): readonly string[] {
  return [...list.querySelectorAll('form')].flatMap(
    (form) => form.closest<HTMLElement>('[data-key]')?.dataset['key'] ?? [],
  );
}

/** Longest selection that is kept. Longer ones come from "select all", which must not render all rows. */
const MAX_SELECTED_ROWS = 200;

/**
 * Returns the keys of the rows from the start of the selection to its end. The text of rows that left the page would be lost.
 */
function getSelectedKeys(
  list: HTMLElement,
  rows: readonly KeyedRow[],
  indexes: readonly number[],
): readonly string[] {
  const elements = [...list.children];
  const ends = getSelectedNodes(list).flatMap(
    (node) => indexes[elements.findIndex((element) => element.contains(node))] ?? [],
  );
  const [first, last] = [Math.min(...ends), Math.max(...ends)];
  if (ends.length === 0 || last - first >= MAX_SELECTED_ROWS) return [];
  return rows.slice(first, last + 1).map(({ key }) => key);
}
