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
 * leave Ctrl+F to the browser. Renders nothing while it is closed, and loads its code when it opens.
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
      if (!isFindKey(event) || !current || !isPartial(current) || !isInThread(event, current))
        return;
      event.preventDefault();
      const field = getThread(current)?.querySelector<HTMLInputElement>(FIELD);
      field?.focus();
      field?.select();
      if (!field) open.current(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
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

/** Returns true if the focus is in the thread or nowhere. */
function isInThread(event: KeyboardEvent, list: MessageListAccess): boolean {
  const [target] = event.composedPath();
  const thread = getThread(list);
  const isBody = target === thread?.ownerDocument.body;
  return isElement(target) && (isBody || thread?.contains(target) === true);
}
