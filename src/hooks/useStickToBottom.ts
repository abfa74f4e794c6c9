import { useLayoutEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { createStickToBottom } from '../core/scroll/createStickToBottom.js';

/** Result of `useStickToBottom`. */
export interface UseStickToBottomResult {
  /** Ref of the element that scrolls. */
  scrollRef: RefObject<HTMLElement | null>;
  /** Ref of the element inside it that grows. Each row needs its key in the `data-key` attribute. */
  contentRef: RefObject<HTMLDivElement | null>;
  /** True while the end of the list is kept in view. */
  isFollowing: boolean;
  /** Scrolls to the end and keeps it in view again. */
  jumpToLatest: () => void;
}

/**
 * Keeps the end of a growing list in view until the user or a script scrolls up, then the row that is read. Reaching
 * the end keeps it in view again. Layout changes never end the following. For lists that render all rows, such as your
 * own `MessageList`; `Thread.Messages` has its own.
 *
 * @example
 * ```tsx
 * import { useStickToBottom } from 'assistants-react';
 *
 * export function Log({ lines }: { lines: string[] }) {
 *   const { scrollRef, contentRef } = useStickToBottom();
 *   return (
 *     <section ref={scrollRef} style={{ height: 200, overflow: 'auto' }}>
 *       <div ref={contentRef}>
 *         {lines.map((line, index) => (
 *           <p key={index} data-key={index}>
 *             {line}
 *           </p>
 *         ))}
 *       </div>
 *     </section>
 *   );
 * }
 * ```
 */
export function useStickToBottom(): UseStickToBottomResult {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const [controller] = useState(createStickToBottom);
  const isFollowing = useSyncExternalStore(
    controller.subscribe,
    controller.isFollowing,
    controller.isFollowing,
  );
  useLayoutEffect(() => {
    const [scroller, content] = [scrollRef.current, contentRef.current];
    if (!scroller || !content) return undefined;
    const detach = controller.attach({ scroller, content });
    controller.restorePosition();
    return detach;
  }, [controller]);
  return { scrollRef, contentRef, isFollowing, jumpToLatest: controller.jumpToLatest };
}
