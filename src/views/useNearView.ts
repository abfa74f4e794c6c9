import { useEffect, useRef, useState, type RefObject } from 'react';

/** Position of an element relative to the view, and its height when it was last near it. */
export interface NearView<Element extends HTMLElement> {
  ref: RefObject<Element | null>;
  isNear: boolean;
  /** In CSS pixels. Undefined before the element has left the view. */
  height: number | undefined;
}

/** Distance from the view at which rows are rendered. */
const MARGIN = '600px';
/**
 * The second margin applies to lists that scroll inside the page, in browsers that know it. Others render rows when
 * they come into view.
 */
const OPTIONS = { rootMargin: MARGIN, scrollMargin: MARGIN };

/**
 * Observes whether an element is near the view. Where elements have no layout, as on a server, it always is.
 *
 * @param isNearAtFirst Value before the first layout.
 */
export function useNearView<Element extends HTMLElement>(
  isNearAtFirst: boolean,
): NearView<Element> {
  const ref = useRef<Element>(null);
  const [view, setView] = useState<{ isNear: boolean; height?: number }>(() => ({
    isNear: isNearAtFirst || typeof IntersectionObserver === 'undefined',
  }));
  useEffect(() => {
    if (!ref.current || typeof IntersectionObserver === 'undefined') return undefined;
    const observer = new IntersectionObserver((entries) => {
      const entry = entries.at(-1);
      if (!entry) return;
      const { isIntersecting: isNear, boundingClientRect } = entry;
      setView((before) => {
        if (before.isNear === isNear) return before;
        return isNear ? { ...before, isNear } : { isNear, height: boundingClientRect.height };
      });
    }, OPTIONS);
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return { ref, isNear: view.isNear, height: view.height };
}
