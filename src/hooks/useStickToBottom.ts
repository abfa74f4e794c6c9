import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

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

const NEAR_PX = 24;
const GESTURE_MS = 300;

/**
 * Keeps the end of a growing list in sight until the reader scrolls up, and from then on the row that is being read.
 * Only a person's wheel, touch, keys or scrollbar ends the following: layout never does.
 */
export function useStickToBottom(): StickToBottom {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const anchor = useRef<{ key: string; top: number } | undefined>(undefined);
  const [isFollowing, setIsFollowing] = useState(true);

  const follow = useCallback((next: boolean) => {
    following.current = next;
    setIsFollowing(next);
  }, []);

  const settle = useCallback(() => {
    const scroller = scrollRef.current;
    if (!scroller) return;
    if (following.current) {
      scroller.scrollTop = scroller.scrollHeight;
    } else if (anchor.current) {
      const row = scroller.querySelector(`[data-key="${CSS.escape(anchor.current.key)}"]`);
      if (row) scroller.scrollTop += row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - anchor.current.top;
    }
  }, []);

  useLayoutEffect(() => {
    const scroller = scrollRef.current;
    const content = contentRef.current;
    // Where nothing is laid out, as in jsdom, there is no end to keep in sight.
    if (!scroller || !content || typeof ResizeObserver === 'undefined') return;
    let gestureAt = -Infinity;
    let isPressed = false;
    const onGesture = (event: Event) => {
      // Typing in a field inside the list scrolls nothing.
      if (event.type === 'keydown' && isField(event.target)) return;
      gestureAt = event.timeStamp;
    };
    const onPress = (event: Event) => (isPressed = event.target === scroller);
    const onRelease = () => (isPressed = false);
    const onScroll = (event: Event) => {
      anchor.current = firstVisibleRow(scroller);
      if (!isPressed && event.timeStamp - gestureAt > GESTURE_MS) return;
      gestureAt = event.timeStamp;
      const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= NEAR_PX;
      if (isNear !== following.current) follow(isNear);
    };
    const observer = new ResizeObserver(settle);
    observer.observe(content);
    observer.observe(scroller);
    const gestures = ['wheel', 'touchmove', 'keydown'] as const;
    for (const name of gestures) scroller.addEventListener(name, onGesture, { passive: true });
    scroller.addEventListener('pointerdown', onPress);
    window.addEventListener('pointerup', onRelease);
    scroller.addEventListener('scroll', onScroll, { passive: true });
    settle();
    return () => {
      observer.disconnect();
      for (const name of gestures) scroller.removeEventListener(name, onGesture);
      scroller.removeEventListener('pointerdown', onPress);
      window.removeEventListener('pointerup', onRelease);
      scroller.removeEventListener('scroll', onScroll);
    };
  }, [follow, settle]);

  const jumpToLatest = useCallback(() => {
    follow(true);
    settle();
  }, [follow, settle]);

  return { scrollRef, contentRef, isFollowing, jumpToLatest };
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** The row at the top edge, and how far below the edge it begins. */
function firstVisibleRow(scroller: HTMLElement): { key: string; top: number } | undefined {
  const edge = scroller.getBoundingClientRect().top;
  for (const row of scroller.querySelectorAll<HTMLElement>('[data-key]')) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom > edge) return { key: row.dataset['key'] ?? '', top: top - edge };
  }
  return undefined;
}
