import {
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { isElement } from '../../common/isElement.js';
import { containsFocus, isFocusNowhere } from '../../common/treeRoot.js';
import { createTypeahead, isLetterKey } from './createTypeahead.js';
import type { ThreadEntry } from '../../core/threads/ThreadRegistry.js';

/** Result of `useRowNavigation`. */
export interface RowNavigation {
  list: RefObject<HTMLDivElement | null>;
  /** Thread that Tab leads to. Its row must be rendered. */
  activeId: string | undefined;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (event: FocusEvent) => void;
  onBlur: () => void;
  /** Keeps the focus on a thread that moves to another place of the list. */
  followRow: (threadId: string) => void;
  /** The same for the thread whose row contains an element. */
  followFocus: (element: Element) => void;
}

/**
 * Moves the focus between the rows of a list with the arrow keys, Home, End and the first letters of a title. Tab leads
 * to one row, so that a long list does not keep the user from what comes after it.
 *
 * @param threads Threads in the order of the list, without folded ones.
 */
export function useRowNavigation(
  threads: readonly ThreadEntry[],
  currentId: string | undefined,
): RowNavigation {
  const list = useRef<HTMLDivElement>(null);
  const [typeahead] = useState(createTypeahead);
  const [focusedId, setFocusedId] = useState<string>();
  /** Thread whose row receives the focus once it is rendered, elsewhere than in its former element. */
  const pending = useRef<{ id: string; from?: HTMLElement | undefined }>(undefined);
  /** Thread whose link has the focus, also after the list has moved its row, which removes the link. */
  const held = useRef<string>(undefined);
  const isListed = (id: string | undefined): boolean => threads.some((thread) => thread.id === id);
  const activeId = [focusedId, currentId].find(isListed) ?? threads[0]?.id;

  useLayoutEffect(() => {
    if (!list.current) return;
    const id = pending.current?.id ?? held.current;
    const row = id === undefined ? undefined : findRow(list.current, id);
    if (!row || row === pending.current?.from) return;
    const isInPlace = pending.current === undefined && containsFocus(row);
    pending.current = undefined;
    if (isInPlace) return;
    if (containsFocus(list.current) || isFocusNowhere(list.current)) focusLink(row);
  });
  const followRow = (id: string): void => {
    pending.current = { id, from: list.current ? findRow(list.current, id) : undefined };
  };
  return {
    list,
    activeId,
    onFocus({ target }) {
      const id = target.closest<HTMLElement>(ROW)?.dataset['id'];
      if (id === undefined) return;
      held.current = target.matches(LINK) ? id : undefined;
      setFocusedId(id);
    },
    // React does not report the removal of the focused element.
    onBlur() {
      held.current = undefined;
    },
    onKeyDown(event) {
      pending.current = undefined;
      if (!isElement(event.target) || !event.target.matches(LINK) || event.defaultPrevented) return;
      const index = threads.findIndex((thread) => thread.id === activeId);
      const next = isLetterKey(event)
        ? typeahead.find(
            event.key,
            event.timeStamp,
            threads.map(({ title }) => title),
            index,
          )
        : getNextRow(event.key, index, threads.length);
      if (next === undefined) return;
      const id = threads[next]?.id;
      if (id === undefined) return;
      event.preventDefault();
      pending.current = { id };
      setFocusedId(id);
    },
    followRow,
    followFocus(element) {
      const id = element.closest<HTMLElement>(ROW)?.dataset['id'];
      if (id !== undefined) followRow(id);
    },
  };
}

const ROW = '[data-part="thread-list-item"]';
const LINK = '[data-part="thread-link"]';

function focusLink(row: HTMLElement): void {
  row.querySelector<HTMLElement>(LINK)?.focus();
}

function findRow(list: HTMLElement, threadId: string): HTMLElement | undefined {
  return [...list.querySelectorAll<HTMLElement>(ROW)].find(
    ({ dataset }) => dataset['id'] === threadId,
  );
}

/** Returns the index of the row that a key leads to. Undefined for other keys. The ends of the list stop. */
function getNextRow(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, count - 1);
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
