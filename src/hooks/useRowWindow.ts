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
import type { RenderedRows } from '../core/scroll/createRowLayout.js';
import { createStickToBottom } from '../core/scroll/createStickToBottom.js';
import { getInitialRange, INITIAL_ROW_COUNT } from '../core/scroll/getInitialRange.js';
import type { KeyedRow } from '../core/scroll/RowRange.js';
import { useLazyModule } from './useLazyModule.js';

/** Result of `useRowWindow`. */
export interface UseRowWindowResult extends RenderedRows {
  /** Ref of the element that scrolls. */
  scrollRef: RefObject<HTMLElement | null>;
  /** Ref of the element inside it that holds everything that scrolls. */
  contentRef: RefObject<HTMLDivElement | null>;
  /** Ref of the element that holds only the rows. Each row is one element with its key in the `data-key` attribute. */
  listRef: RefObject<HTMLDivElement | null>;
  /** Returns the measured or estimated height of a row, in CSS pixels. 0 while the list is not virtualized. */
  getRowSize: (index: number) => number;
  /** True while the end of the list is kept in view. */
  isFollowing: boolean;
  /** Scrolls to the end and keeps it in view again. */
  jumpToLatest: () => void;
  /** Scrolls to a row of the list, and keeps it in place until the user scrolls or jumps. */
  showRow: (key: string) => void;
}

const rowWindowModule = lazyModule(
  'the virtualized message list',
  async () => (await import('../core/scroll/createRowWindow.js')).createRowWindow,
);
const getNoRange = () => undefined;
const getNoSize = () => 0;

/**
 * Renders the visible rows of a long list, and keeps its end in view until the user scrolls up. All rows are rendered for
 * print and for the browser's find-in-page. The code for virtualized lists is loaded when the list gets long. Until then the
 * last rows are rendered, or all rows if the code cannot be loaded.
 *
 * @param growing Indexes of rows that are always rendered, because they grow.
 */
export function useRowWindow(
  rows: readonly KeyedRow[],
  growing: readonly number[],
): UseRowWindowResult {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const [controller] = useState(createStickToBottom);
  const isFollowing = useSyncExternalStore(
    controller.subscribe,
    controller.isFollowing,
    controller.isFollowing,
  );
  const hasLayout = useSyncExternalStore(noopSubscribe, canMeasure, () => true);
  const { value: createRowWindow, error } = useLazyModule(
    rowWindowModule,
    hasLayout && rows.length > INITIAL_ROW_COUNT,
  );
  const rowWindow = useMemo(() => createRowWindow?.(controller), [createRowWindow, controller]);
  const requestedRange = useSyncExternalStore(
    rowWindow?.subscribe ?? noopSubscribe,
    rowWindow?.getRequestedRange ?? getNoRange,
    getNoRange,
  );
  const rendersAll = !hasLayout || error !== undefined;
  const rendered = useMemo(
    () =>
      rowWindow?.getRenderedRows(requestedRange, rows, growing) ?? getInitialRows(rows, rendersAll),
    [rowWindow, requestedRange, rows, growing, rendersAll],
  );

  useLayoutEffect(() => {
    const [scroller, content] = [scrollRef.current, contentRef.current];
    return scroller && content ? controller.attach({ scroller, content }) : undefined;
  }, [controller]);
  useLayoutEffect(
    () => (listRef.current ? rowWindow?.attach(listRef.current) : undefined),
    [rowWindow],
  );
  useLayoutEffect(() => controller.setRows(rows), [controller, rows]);
  useLayoutEffect(() => {
    if (rowWindow) rowWindow.commit(rendered);
    else controller.restorePosition();
  }, [rowWindow, controller, rendered]);

  return {
    ...rendered,
    scrollRef,
    contentRef,
    listRef,
    getRowSize: rowWindow?.getSize ?? getNoSize,
    isFollowing,
    jumpToLatest: controller.jumpToLatest,
    showRow: controller.showRow,
  };
}

/** Returns the rows that are rendered before the code for virtualized lists is loaded. */
function getInitialRows(rows: readonly KeyedRow[], rendersAll: boolean): RenderedRows {
  const initial = getInitialRange(rows);
  const range = rendersAll ? { ...initial, start: 0, extent: 'rows' as const } : initial;
  const count = range.end - range.start;
  return { range, indexes: Array.from({ length: count }, (_, offset) => range.start + offset) };
}

/** Returns false in environments without layout, such as jsdom, where rows have no size. */
function canMeasure(): boolean {
  return typeof ResizeObserver !== 'undefined';
}
