import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type RefObject,
} from 'react';
import { noopSubscribe } from '../common/noopSubscribe.js';
import { lazyModule } from '../core/lazyModule.js';
import { useLazyModule } from './useLazyModule.js';
import { createStickToBottom } from '../core/scroll/createStickToBottom.js';
import type { RenderedRows } from '../core/scroll/createRowLayout.js';
import { INITIAL_ROW_COUNT, getInitialRange } from '../core/scroll/getInitialRange.js';
import type { KeyedRow } from '../core/scroll/rowRange.js';

export interface UseRowWindowResult extends RenderedRows {
  /** Of the element that scrolls. */
  scrollRef: RefObject<HTMLElement | null>;
  /** Of the element in it that holds all that scrolls. */
  contentRef: RefObject<HTMLDivElement | null>;
  /** Of the element that holds the rows and nothing else, each an element with its key in `data-key`. */
  listRef: RefObject<HTMLDivElement | null>;
  /** Room for a row, as known or guessed, in CSS pixels. */
  getRowSize: (index: number) => number;
  /** Whether the end is kept in sight. */
  isFollowing: boolean;
  /** Goes to the end, and keeps it in sight again. */
  jumpToLatest: () => void;
}

const rowWindows = lazyModule(
  'the virtualized message list',
  async () => (await import('../core/scroll/createRowWindow.js')).createRowWindow,
);
const nothing = () => undefined;

/**
 * A long list of which only what is in sight is in the page, and which keeps its end in sight until the reader scrolls up.
 * For paper and for the browser's search all of it is there. What that takes is fetched when a list gets long; until then
 * its end is in the page, or all of it where it could not be fetched.
 *
 * @param growing Indexes of rows that stay in the page wherever the reader is.
 */
export function useRowWindow(
  rows: readonly KeyedRow[],
  growing: readonly number[],
): UseRowWindowResult {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const [follower] = useState(createStickToBottom);
  const isFollowing = useSyncExternalStore(
    follower.subscribe,
    follower.isFollowing,
    follower.isFollowing,
  );
  const hasLayout = useSyncExternalStore(noopSubscribe, canLayOut, () => true);
  const { value: createRowWindow, error } = useLazyModule(
    rowWindows,
    hasLayout && rows.length > INITIAL_ROW_COUNT,
  );
  const rowWindow = useMemo(() => createRowWindow?.(follower), [createRowWindow, follower]);
  const wanted = useSyncExternalStore(
    rowWindow?.subscribe ?? noopSubscribe,
    rowWindow?.getRequestedRange ?? nothing,
    nothing,
  );
  const isWhole = !hasLayout || error !== undefined;
  const inPage = useMemo(
    () => rowWindow?.getRenderedRows(wanted, rows, growing) ?? firstRows(rows, isWhole),
    [rowWindow, wanted, rows, growing, isWhole],
  );

  useLayoutEffect(() => {
    const [scroller, content] = [scrollRef.current, contentRef.current];
    return scroller && content ? follower.attach({ scroller, content }) : undefined;
  }, [follower]);
  useLayoutEffect(
    () => (listRef.current ? rowWindow?.attach(listRef.current) : undefined),
    [rowWindow],
  );
  useLayoutEffect(() => follower.setRows(rows), [follower, rows]);
  useLayoutEffect(
    () => (rowWindow ? rowWindow.commit(inPage) : follower.restorePosition()),
    [rowWindow, follower, inPage],
  );

  return {
    ...inPage,
    scrollRef,
    contentRef,
    listRef,
    getRowSize: rowWindow?.getSize ?? noSize,
    isFollowing,
    jumpToLatest: follower.jumpToLatest,
  };
}

function firstRows(rows: readonly KeyedRow[], isWhole: boolean): RenderedRows {
  const first = getInitialRange(rows);
  const range = isWhole ? { ...first, start: 0, extent: 'rows' as const } : first;
  return {
    range,
    indexes: Array.from({ length: range.end - range.start }, (_, place) => range.start + place),
  };
}

/** Where nothing is laid out, as in jsdom, there is no window and no end to keep in sight. */
function canLayOut(): boolean {
  return typeof ResizeObserver !== 'undefined';
}

function noSize(): number {
  return 0;
}
