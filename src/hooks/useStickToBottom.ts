import { useLayoutEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { createStickToBottom } from '../core/scroll/createStickToBottom.js';

export interface UseStickToBottomResult {
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
export function useStickToBottom(): UseStickToBottomResult {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const [follower] = useState(createStickToBottom);
  const isFollowing = useSyncExternalStore(
    follower.subscribe,
    follower.isFollowing,
    follower.isFollowing,
  );
  useLayoutEffect(() => {
    const [scroller, content] = [scrollRef.current, contentRef.current];
    if (!scroller || !content) return undefined;
    const detach = follower.attach({ scroller, content });
    follower.restorePosition();
    return detach;
  }, [follower]);
  return { scrollRef, contentRef, isFollowing, jumpToLatest: follower.jumpToLatest };
}
