'use client';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { isElement } from '../../../common/isElement.js';
import type { PartProps } from '../../../components/part.js';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import type { MessageListAccess } from '../ThreadNavigation.js';
import { useThreadNavigationStore } from '../ThreadContext.js';

const contentModule = lazyModule(
  'the search in the thread',
  async () => (await import('./ThreadSearch.lazy.js')).ThreadSearchContent,
);

/** Props of `Thread.Search`. */
export interface ThreadSearchProps extends Omit<PartProps<'div'>, 'children'> {
  /** Shows the search. Without it, the search opens with Ctrl+F or Cmd+F in long threads, of which only a part is in the page. */
  isOpen?: boolean | undefined;
  /** Called when the user opens or closes the search. */
  onOpenChange?: ((isOpen: boolean) => void) | undefined;
}

/**
 * Search in the loaded messages, which steps through the hits with Enter and Shift+Enter and closes with Escape. Short threads
 * leave Ctrl+F to the browser. If the focus is in no thread of the page, the one that was used last opens its search. Renders nothing while it is closed, and loads its code when it opens.
 *
 * Element: div, a search landmark.
 * Context: `Thread.Root`.
 */
export function ThreadSearch({
  isOpen: isOpenProp,
  onOpenChange,
  ...props
}: ThreadSearchProps): ReactElement | null {
  const [isOpenState, setIsOpenState] = useState(false);
  const isOpen = isOpenProp ?? isOpenState;
  const { list } = useThreadNavigationStore();
  const { value: Content } = useLazyModule(contentModule, isOpen);
  const setIsOpen = (next: boolean): void => {
    setIsOpenState(next);
    onOpenChange?.(next);
  };
  const open = useRef(setIsOpen);
  useEffect(() => {
    open.current = setIsOpen;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const current = list.getState();
      const isTarget =
        isFindKey(event) &&
        !event.defaultPrevented &&
        current &&
        isPartial(current) &&
        isInThread(event, current);
      if (!isTarget) return;
      event.preventDefault();
      const field = getThread(current)?.querySelector<HTMLInputElement>(FIELD);
      field?.focus();
      field?.select();
      if (!field) open.current(true);
    };
    const onUse = (event: Event): void => {
      const current = list.getState();
      const thread = current && getThread(current);
      if (thread && event.composedPath().includes(thread)) lastUsedThread = new WeakRef(thread);
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    window.addEventListener('keydown', onKey, { signal });
    window.addEventListener('pointerdown', onUse, { signal, capture: true });
    window.addEventListener('focusin', onUse, { signal, capture: true });
    return () => listeners.abort();
  }, [list]);
  return isOpen && Content ? <Content {...props} onClose={() => setIsOpen(false)} /> : null;
}

const FIELD = '[data-part="thread-search-input"]';

function getThread({ scrollRef }: MessageListAccess): Element | undefined {
  return scrollRef.current?.closest('[data-part="thread"]') ?? undefined;
}

function isFindKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'f' && (ctrlKey || metaKey) && !altKey && !shiftKey;
}

/** Returns true if rows of the list are not in the page, where the browser would not find them. */
function isPartial({ rows, scrollRef }: MessageListAccess): boolean {
  const rendered = scrollRef.current?.querySelectorAll('[data-part="message-row"]').length ?? 0;
  return rendered < rows.length;
}

/** Thread of the page that the user has clicked or focused last. */
let lastUsedThread: WeakRef<Element> | undefined;

/** Returns true if the focus is in the thread, or nowhere and the user has not used another thread since. */
function isInThread(event: KeyboardEvent, list: MessageListAccess): boolean {
  const [target] = event.composedPath();
  const thread = getThread(list);
  if (!isElement(target) || !thread) return false;
  if (target !== thread.ownerDocument.body) return thread.contains(target);
  const lastUsed = lastUsedThread?.deref();
  return lastUsed?.isConnected !== true || lastUsed === thread;
}
