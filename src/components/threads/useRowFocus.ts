import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { containsFocus, isFocusNowhere } from '../../common/treeRoot.js';

/** Refs of the elements of a row that receive the focus. */
export interface RowFocus {
  row: RefObject<HTMLLIElement | null>;
  link: RefObject<HTMLElement | null>;
  undo: RefObject<HTMLButtonElement | null>;
}

/**
 * Keeps the focus in a row whose content is replaced: on the undo button once its thread is deleted, and on its title again
 * after that or after renaming, unless the user has moved it elsewhere. When a row with the focus is removed, its neighbor receives it.
 */
export function useRowFocus(content: 'title' | 'field' | 'deleted'): RowFocus {
  const row = useRef<HTMLLIElement>(null);
  const link = useRef<HTMLElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const previous = useRef(content);
  useEffect(() => {
    if (previous.current === content) return;
    previous.current = content;
    const element = row.current;
    if (!element || !(isFocusNowhere(element) || containsFocus(element))) return;
    if (content === 'title') link.current?.focus();
    // The field focuses itself.
    if (content === 'deleted') undo.current?.focus();
  }, [content]);
  useLayoutEffect(() => {
    const element = row.current;
    return () => {
      if (element && containsFocus(element)) focusNeighbor(element);
    };
  }, []);
  return { row, link, undo };
}

/** Focuses the thread after a row, or else the last one. */
function focusNeighbor(row: HTMLLIElement): void {
  const list = row.closest('[data-part="thread-list"]') ?? row.parentElement;
  const links = [...(list?.querySelectorAll<HTMLElement>('[data-part="thread-link"]') ?? [])];
  const isAfter = (link: HTMLElement): boolean =>
    (row.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
    !row.contains(link);
  (links.find(isAfter) ?? links.at(-1))?.focus();
}
