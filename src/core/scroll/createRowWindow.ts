import type { StickToBottomController } from './createStickToBottom.js';
import { createRowSizes } from './createRowSizes.js';
import { getInitialRange } from './getInitialRange.js';
import { toIndexes, findIndexNear, findRange, type KeyedRow, type RowRange } from './rowRange.js';
import { observeListExtent } from './observeListExtent.js';

/** What of a list is in the page. */
export interface RowsInPage {
  range: RowRange;
  /** Indexes of the rows, ascending; those outside `start` and `end` are to be placed absolutely, and find their place by themselves. */
  indexes: readonly number[];
}

/** Which rows of a long list are in the page, and where. */
export interface RowWindow {
  /** The range that is wanted; undefined while what is in the page is enough. */
  getState: () => RowRange | undefined;
  subscribe: (listener: () => void) => () => void;
  /**
   * What is to be in the page of this list.
   *
   * @param growing Indexes of rows that stay in the page wherever the reader is.
   */
  rowsInPage: (
    wanted: RowRange | undefined,
    rows: readonly KeyedRow[],
    growing: readonly number[],
  ) => RowsInPage;
  /** Takes part in the layout of this element, which holds the rows in the page and nothing else, until the returned function is called. */
  attach: (list: HTMLElement) => () => void;
  /** These rows are in the page now. Measures them and puts them in their place, before anybody sees them. */
  placed: (now: RowsInPage) => void;
  /** Room for a row, as known or guessed, in CSS pixels. */
  sizeOf: (index: number) => number;
}

/** How far beyond the edges rows are made, in CSS pixels, and how near an edge may come before more are. */
interface Reach {
  ahead: number;
  atLeast: number;
}

const SCROLLING: Reach = { ahead: 480, atLeast: 160 };
/** What is needed at once, after a leap or a change of the layout; the rest can wait until the reader scrolls on or rests. */
const LEAPING: Reach = { ahead: 80, atLeast: 80 };
const RESTING: Reach = { ahead: 480, atLeast: 400 };

/**
 * Rows are laid out by the browser, one below the other; what stands for the others is padding. So a row that grows costs no
 * rendering, and nothing needs to be hidden until it has been measured. Rows above the reader that turn out higher or lower
 * than was guessed take it from the padding, so that scrolling is never interfered with; the difference is put right when
 * the reader rests.
 */
export function createRowWindow(follower: StickToBottomController): RowWindow {
  const listeners = new Set<() => void>();
  const sizes = createRowSizes();
  let wanted: RowRange | undefined;
  let list: HTMLElement | undefined;
  /** What is in the page. */
  let shown = getInitialRange([]);
  let indexes: readonly number[] = [];
  /** Padding above the first row of the range. */
  let top = 0;

  const want = (next: RowRange) => {
    wanted = next;
    for (const listener of listeners) listener();
  };

  /** Sizes of the rows in the page. */
  const measure = () => {
    if (!list || shown.extent === 'text') return;
    const gap = Number.parseFloat(getComputedStyle(list).rowGap) || 0;
    [...list.children].forEach((element, place) => {
      const index = indexes[place];
      if (index !== undefined) sizes.put(index, element.getBoundingClientRect().height + gap);
    });
  };

  const pad = () => {
    if (!list) return;
    const isWhole = shown.extent !== 'window';
    if (isWhole) top = 0;
    list.style.paddingBlockStart = `${top}px`;
    list.style.paddingBlockEnd = isWhole
      ? '0'
      : `${Math.max(0, sizes.offsetOf(sizes.count) - sizes.offsetOf(shown.end))}px`;
    if (isWhole || indexes.length === shown.end - shown.start) return;
    [...list.children].forEach((element, place) => {
      const index = indexes[place] ?? 0;
      const isApart = index < shown.start || index >= shown.end;
      if (isApart && element instanceof HTMLElement)
        element.style.insetBlockStart = `${top + sizes.offsetOf(index) - sizes.offsetOf(shown.start)}px`;
    });
  };

  /** Gives back what the padding has taken: a jump of the padding and of the scroller, which nobody sees. */
  const rebase = () => {
    const view = follower.view();
    const moved = sizes.offsetOf(shown.start) - top;
    if (!view || shown.extent !== 'window' || moved === 0) return;
    top += moved;
    pad();
    view.reader.scrollTo(view.scroller.scrollTop + moved);
  };

  /** Asks for other rows where those in the page do not reach beyond both edges, or far too far. */
  const cover = (mayShrink: boolean, reach = SCROLLING) => {
    const view = follower.view();
    if (!view || !list || shown.extent !== 'window' || sizes.count === 0) return;
    const from = view.scroller.getBoundingClientRect().top - list.getBoundingClientRect().top;
    const to = from + view.scroller.clientHeight;
    const shift = sizes.offsetOf(shown.start) - top;
    const length = sizes.offsetOf(shown.end) - sizes.offsetOf(shown.start);
    const { ahead, atLeast } = to < top || from > top + length ? LEAPING : reach;
    const isEndWanted = follower.isFollowing();
    const startAt = (distance: number) => sizes.indexAt(from - distance + shift);
    const endAt = (distance: number) =>
      isEndWanted ? sizes.count : sizes.indexAt(to + distance + shift) + 1;
    const [selectedFrom, selectedTo] = selectedIn(list, indexes) ?? [Infinity, -1];
    const start = Math.min(startAt(ahead), selectedFrom);
    const end = Math.max(endAt(ahead), selectedTo + 1);
    const reaches = shown.start <= startAt(atLeast) && shown.end >= endAt(atLeast);
    const isTooLong =
      mayShrink && length > sizes.offsetOf(end) - sizes.offsetOf(start) + SCROLLING.ahead * 2;
    if ((reaches && !isTooLong) || (start === shown.start && end === shown.end)) return;
    const focused = document.activeElement?.closest<HTMLElement>('[data-key]');
    const kept = focused && list.contains(focused) ? [focused.dataset['key'] ?? ''] : [];
    want({ rows: shown.rows, start, end, kept, extent: 'window' });
  };

  const setExtent = (extent: RowRange['extent']) => {
    const { rows } = shown;
    follower.view()?.reader.setSearching(extent === 'text');
    if (extent === shown.extent) return;
    if (extent === 'rows') return want({ ...shown, start: 0, end: rows.length, extent });
    if (extent === 'text') return want({ ...shown, extent });
    const anchorKey = follower.anchorKey();
    const at =
      anchorKey === undefined
        ? rows.length - 1
        : Math.max(
            0,
            rows.findIndex(({ key }) => key === anchorKey),
          );
    want({ ...shown, start: Math.max(0, at - 8), end: Math.min(rows.length, at + 16), extent });
  };

  return {
    getState: () => wanted,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    rowsInPage(given, rows, growing) {
      const range = findRange(given ?? shown, rows);
      return { range, indexes: toIndexes(range, growing) };
    },
    attach(attached) {
      list = attached;
      const leave = follower.join({
        arrange(isFollowing) {
          measure();
          if (isFollowing && shown.extent === 'window') top = sizes.offsetOf(shown.start);
          pad();
        },
        absorb(moved) {
          if (shown.extent !== 'window' || top < moved) return false;
          top -= moved;
          pad();
          return true;
        },
        onScroll() {
          cover(true);
          // No row before the first: there the padding has nothing to hide behind.
          if (shown.start === 0) rebase();
        },
        onRest() {
          sizes.guessAnew();
          rebase();
          cover(true, RESTING);
        },
        onResize: () => cover(false, LEAPING),
      });
      const unwatch = observeListExtent(setExtent);
      return () => {
        leave();
        unwatch();
        list = undefined;
      };
    },
    placed({ range, indexes: now }) {
      const before = shown;
      const isOtherList = before.rows !== range.rows;
      const was = findIndexNear(
        before.rows,
        range.rows[range.start]?.key,
        range.start,
        before.rows.length - range.rows.length,
      );
      const wasWindow = before.extent === 'window';
      const isIn = wasWindow && was >= before.start && was < before.end;
      // By the sizes of the list that it was in.
      const moved = isIn ? sizes.offsetOf(was) - sizes.offsetOf(before.start) : 0;
      if (isOtherList) sizes.setRows(range.rows);
      shown = range;
      indexes = now;
      if (before.rows.length === 0 && follower.view()) {
        measure();
        sizes.guessAnew();
      }
      const isBefore =
        wasWindow && !isOtherList && before.start >= range.start && before.start < range.end;
      if (isIn) top += moved;
      else if (isBefore)
        top = Math.max(0, top - sizes.offsetOf(before.start) + sizes.offsetOf(range.start));
      else top = sizes.offsetOf(range.start);
      // Before anything is measured: the browser then lays the page out once, and never finds it shorter than it will be.
      pad();
      follower.settle(!isOtherList);
      if (isOtherList || range.start === 0) rebase();
      follower.keepAnchor();
      cover(isOtherList, isIn || isBefore ? SCROLLING : LEAPING);
    },
    sizeOf: sizes.sizeOf,
  };
}

/** More than this nobody selects by hand, and a selection of all is not to bring all into the page. */
const SELECTED_AT_MOST = 200;

/** The first and the last row that a selection begins or ends in: it would lose what it spans if they left the page. */
function selectedIn(
  list: HTMLElement,
  indexes: readonly number[],
): [from: number, to: number] | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return undefined;
  const rows = [...list.children];
  const ends = [selection.anchorNode, selection.focusNode].flatMap(
    (node) => indexes[rows.findIndex((row) => row.contains(node))] ?? [],
  );
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  return ends.length > 0 && to - from < SELECTED_AT_MOST ? [from, to] : undefined;
}
