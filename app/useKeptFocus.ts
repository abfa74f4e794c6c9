import type { ThreadNavigation } from 'assistants-react';
import { useEffect, useRef, type RefObject } from 'react';

/**
 * Moves the focus to the composer when the element that had it has left the page: a panel was closed, or another thread was
 * opened from it. On touch devices, the on-screen keyboard would cover the thread.
 */
export function useKeptFocus(
  navigation: RefObject<ThreadNavigation | null>,
  panels: object,
  threadId: string | undefined,
): void {
  const isFirst = useRef(true);
  useEffect(() => {
    const isLost = document.activeElement === document.body && !isFirst.current;
    isFirst.current = false;
    if (isLost && matchMedia('(hover: hover)').matches) navigation.current?.focusComposer();
  }, [navigation, panels, threadId]);
}
