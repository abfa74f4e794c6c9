import { useLayoutEffect, useMemo, useState, useSyncExternalStore, type RefObject, useRef } from 'react';
import { createRowWindow } from './scroll/createRowWindow.js';
import { indexesOf, rangeIn, type KeyedRow, type RowRange } from './scroll/rowRange.js';
import { useWholeList } from './scroll/useWholeList.js';

export interface UseRowWindowResult {
  /** Of the element that scrolls. */
  scrollRef: RefObject<HTMLElement | null>;
  /** Of the element in it that holds all that scrolls. */
  contentRef: RefObject<HTMLDivElement | null>;
  /** Of the element that holds the rows and nothing else, each an element with its key in `data-key`. */
  listRef: RefObject<HTMLDivElement | null>;
  /** The rows that are in the page. */
  range: RowRange;
  /** Their indexes, ascending; those outside `start` and `end` are to be placed absolutely, and find their place by themselves. */
  indexes: readonly number[];
  /** Room for a row, as known or guessed, in CSS pixels. */
  sizeOf: (index: number) => number;
  /** Whether the end is kept in sight. */
  isFollowing: boolean;
  /** Goes to the end, and keeps it in sight again. */
  jumpToLatest: () => void;
}

/**
 * A long list of which only what is in sight is in the page, and which keeps its end in sight until the reader scrolls up.
 * For paper and for the browser's search all of it is there.
 *
 * @param growing Indexes of rows that stay in the page wherever the reader is.
 */
export function useRowWindow(rows: readonly KeyedRow[], growing: readonly number[]): UseRowWindowResult {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const [store] = useState(createRowWindow);
  const state = useSyncExternalStore(store.subscribe, store.getState, store.getState);
  const range = useMemo(() => rangeIn(state.range, rows), [state.range, rows]);
  const indexes = useMemo(() => indexesOf(range, growing), [range, growing]);

  useLayoutEffect(() => {
    const [scroller, content, list] = [scrollRef.current, contentRef.current, listRef.current];
    return scroller && content && list ? store.attach({ scroller, content, list }) : undefined;
  }, [store]);
  useLayoutEffect(() => store.placed(range, indexes), [store, range, indexes]);
  useWholeList(store.setExtent);

  const { isFollowing } = state;
  return { scrollRef, contentRef, listRef, range, indexes, sizeOf: store.sizeOf, isFollowing, jumpToLatest: store.jumpToLatest };
}
