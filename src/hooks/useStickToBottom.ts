import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { watchReader, type Reader } from './scroll/watchReader.js';

export interface StickToBottom {
  /** Of the element that scrolls. Its rows carry `data-key`. */
  scrollRef: RefObject<HTMLElement | null>;
  /** Of the element inside it that grows. */
  contentRef: RefObject<HTMLDivElement | null>;
  /** Whether the end is kept in sight. */
  isFollowing: boolean;
  /** Goes to the end, and keeps it in sight again. */
  jumpToLatest: () => void;
}

/**
 * Keeps the end of a growing list in sight until the reader scrolls up, and from then on the row that is being read.
 * Only a person's wheel, touch, keys or scrollbar ends the following: layout never does. For a list that is in the page as a
 * whole, such as a `MessageList` of your own; `Thread.Messages` does this by itself.
 */
export function useStickToBottom(): StickToBottom {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const readerRef = useRef<Reader>(undefined);
  const [isFollowing, setIsFollowing] = useState(true);

  useLayoutEffect(() => {
    const [scroller, content] = [scrollRef.current, contentRef.current];
    // Where nothing is laid out, as in jsdom, there is no end to keep in sight.
    if (!scroller || !content || typeof ResizeObserver === 'undefined') return;
    let anchor: { row: HTMLElement; at: number } | undefined;
    const settle = () => {
      if (reader.isHolding()) return;
      if (reader.isFollowing()) reader.scrollTo(scroller.scrollHeight);
      else if (anchor?.row.isConnected) {
        const moved = anchor.row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - anchor.at;
        if (moved !== 0) reader.scrollTo(scroller.scrollTop + moved);
      }
    };
    const reader = watchReader(scroller, {
      onFollowing: setIsFollowing,
      onScroll: () => (anchor = firstVisibleRow(scroller)),
      onRelease: settle,
      onRest: () => undefined,
    });
    readerRef.current = reader;
    const observer = new ResizeObserver(settle);
    observer.observe(content);
    observer.observe(scroller);
    settle();
    return () => {
      observer.disconnect();
      reader.stop();
      readerRef.current = undefined;
    };
  }, []);

  const jumpToLatest = useCallback(() => {
    readerRef.current?.setFollowing(true);
    if (scrollRef.current) readerRef.current?.scrollTo(scrollRef.current.scrollHeight);
  }, []);

  return { scrollRef, contentRef, isFollowing, jumpToLatest };
}

/** The row at the top edge, and how far below the edge it begins. */
function firstVisibleRow(scroller: HTMLElement): { row: HTMLElement; at: number } | undefined {
  const edge = scroller.getBoundingClientRect().top;
  for (const row of scroller.querySelectorAll<HTMLElement>('[data-key]')) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom > edge) return { row, at: top - edge };
  }
  return undefined;
}
