import { useEffect, useRef, type RefObject } from 'react';
import { runWhenDeselected } from './runWhenDeselected.js';
import { renewTextNodes } from './updateText.js';

/**
 * Lets a browser translation find a text that has grown: replaces its text nodes once it is complete, and no longer selected.
 *
 * @returns Ref of the element around the text. It has `translate="no"` while the text grows.
 */
export function useTranslatable(isStreaming: boolean): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const hasGrown = useRef(false);
  useEffect(() => {
    hasGrown.current ||= isStreaming;
    const element = ref.current;
    if (isStreaming || !hasGrown.current || element === null) return undefined;
    return runWhenDeselected(element, () => {
      hasGrown.current = false;
      renewTextNodes(element);
    });
  }, [isStreaming]);
  return ref;
}
