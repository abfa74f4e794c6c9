'use client';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent as ReactKeyboardEvent,
  type ReactElement,
  type RefObject,
} from 'react';
import { isElement } from '../../../common/isElement.js';
import { containsFocus, getTreeRoot, isFocusNowhere } from '../../../common/treeRoot.js';
import { IconButton } from '../../../components/IconButton.js';
import { getDirection } from '../../../components/getDirection.js';
import { useFormat } from '../../../components/i18n/useFormat.js';
import { useCompleteTexts } from '../../../components/i18n/useTexts.lazy.js';
import { ArrowDown, ArrowUp, X } from '../../../components/icons.js';
import { createPart, type PartProps, asPart } from '../../../components/part.js';
import { useThreadNavigationStore } from '../ThreadContext.js';
import type { MessageListAccess } from '../ThreadNavigation.js';
import { highlightHit } from './highlightHit.js';
import { isPartial } from './isPartial.js';
import { useThreadSearch, type UseThreadSearchResult } from './useThreadSearch.js';

/** Props of `Thread.Search`. */
export interface ThreadSearchProps extends Omit<PartProps<'div'>, 'children'> {
  /**
   * Shows the search. Without it, the search opens with Ctrl+F or Cmd+F in long threads, of which only a part is in the page.
   * Pressed again, these keys open the search of the browser.
   */
  isOpen?: boolean | undefined;
  /** Called when the user opens or closes the search. */
  onOpenChange?: ((isOpen: boolean) => void) | undefined;
}

/** Lazily loaded content of `Thread.Search`: opens it with Ctrl+F or Cmd+F, and holds whether it is open. */
export function ThreadSearchControl({
  isOpen: isOpenProp,
  onOpenChange,
  ...props
}: ThreadSearchProps): ReactElement | null {
  const [isOpenState, setIsOpenState] = useState(false);
  const isOpen = isOpenProp ?? isOpenState;
  const { list } = useThreadNavigationStore();
  const setIsOpen = (next: boolean): void => {
    setIsOpenState(next);
    onOpenChange?.(next);
  };
  const open = useRef(setIsOpen);
  useEffect(() => {
    open.current = setIsOpen;
  });
  const page = useSyncExternalStore(
    list.subscribe,
    () => getWindow(list.getState()),
    () => undefined,
  );
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
      const field = getThread(current)?.querySelector<HTMLInputElement>(FIELD);
      // From the field, the browser opens its own search.
      if (field && event.composedPath()[0] === field) return;
      event.preventDefault();
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
    page?.addEventListener('keydown', onKey, { signal });
    page?.addEventListener('pointerdown', onUse, { signal, capture: true });
    page?.addEventListener('focusin', onUse, { signal, capture: true });
    return () => listeners.abort();
  }, [list, page]);
  return isOpen ? <ThreadSearchContent {...props} onClose={() => setIsOpen(false)} /> : null;
}

const FIELD = '[data-part="thread-search-input"]';

function getThread({ scrollRef }: MessageListAccess): Element | undefined {
  return scrollRef.current?.closest('[data-part="thread"]') ?? undefined;
}

/** Returns the window of a thread, which may be that of a frame. Undefined until the list is in the page. */
function getWindow(list: MessageListAccess | undefined): Window | undefined {
  return list?.scrollRef.current?.ownerDocument.defaultView ?? undefined;
}

function isFindKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'f' && (ctrlKey || metaKey) && !altKey && !shiftKey;
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

interface ThreadSearchContentProps extends Omit<PartProps<'div'>, 'children'> {
  onClose: () => void;
}

/** The open search. Element: div. */
function ThreadSearchContent({ onClose, ...props }: ThreadSearchContentProps): ReactElement | null {
  const texts = useCompleteTexts().search;
  const format = useFormat();
  const { list } = useThreadNavigationStore();
  const search = useThreadSearch();
  const { query, setQuery, hits, index, showNext, showPrevious } = search;
  const field = useFocusedField();
  useHighlight(search);

  const onKeyDown = (event: ReactKeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && isElement(event.target) && event.target.matches('input'))
      (event.shiftKey ? showPrevious : showNext)();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const position = texts.position(format.number(index + 1), format.number(hits.length));
  const children = (
    <>
      <input
        ref={field}
        type="search"
        {...asPart('thread-search-input')}
        aria-label={texts.label}
        placeholder={texts.label}
        title={isPartial(list.getState()) ? texts.again : undefined}
        dir={getDirection(query)}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <output {...asPart('thread-search-position')}>
        {query.trim() !== '' && (hits.length === 0 ? texts.none : position)}
      </output>
      <IconButton label={texts.previous} disabled={hits.length === 0} onClick={showPrevious}>
        <ArrowUp size={16} />
      </IconButton>
      <IconButton label={texts.next} disabled={hits.length === 0} onClick={showNext}>
        <ArrowDown size={16} />
      </IconButton>
      <IconButton label={texts.close} onClick={onClose}>
        <X size={16} />
      </IconButton>
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'thread-search',
      defaultProps: { role: 'search', 'aria-label': texts.label, children, onKeyDown },
    },
    props,
  );
}

/** Moves the focus to the field, and when the search closes back to where it was, unless the user has moved it elsewhere. */
function useFocusedField(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const input = field.current;
    if (!input) return undefined;
    const opener = getTreeRoot(input).activeElement;
    input.focus();
    return () => {
      const search = input.parentElement ?? input;
      if (isElement(opener) && (isFocusNowhere(input) || containsFocus(search))) opener.focus();
    };
  }, []);
  return field;
}

/** Marks the shown hit when its row is in the page. */
function useHighlight({ query, hits, index }: UseThreadSearchResult): void {
  const { list } = useThreadNavigationStore();
  const shownId = hits[index];
  useEffect(() => {
    if (shownId === undefined) return undefined;
    let marked: { row: HTMLElement; remove: () => void } | undefined;
    const update = (): void => {
      const { rows, scrollRef } = list.getState() ?? {};
      const key = rows?.find(({ message }) => message.id === shownId)?.key;
      const elements = scrollRef?.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [];
      const row = [...elements].find(({ dataset }) => dataset['key'] === key);
      if (row === marked?.row) return;
      marked?.remove();
      marked = row && { row, remove: highlightHit(row, query) };
    };
    update();
    const unsubscribe = list.subscribe(update);
    return () => {
      unsubscribe();
      marked?.remove();
    };
  }, [list, shownId, query]);
}
