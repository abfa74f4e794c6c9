import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { containsFocus, isFocusNowhere } from '../common/treeRoot.js';

/** Refs of the elements of a row that receive the focus. */
export interface RowFocus<Row extends HTMLElement> {
  row: RefObject<Row | null>;
  undo: RefObject<HTMLButtonElement | null>;
}

/** CSS selectors of a list of rows. */
export interface RowFocusSelectors {
  list: string;
  /** Element of a row that receives the focus. */
  target: string;
}

/**
 * Keeps the focus in a row whose content is replaced: on the undo button once its object is deleted, and on its target again
 * after that or after renaming, unless the user has moved it elsewhere. When a row with the focus is removed, its neighbor
 * receives it.
 */
export function useRowFocus<Row extends HTMLElement>(
  content: 'title' | 'field' | 'deleted',
  { list, target }: RowFocusSelectors,
): RowFocus<Row> {
  const row = useRef<Row>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const previous = useRef(content);
  useEffect(() => {
    if (previous.current === content) return;
    previous.current = content;
    const element = row.current;
    if (!element || !(isFocusNowhere(element) || containsFocus(element))) return;
    if (content === 'title') element.querySelector<HTMLElement>(target)?.focus();
    // The field focuses itself.
    if (content === 'deleted') undo.current?.focus();
  }, [content, target]);
  useLayoutEffect(() => {
    const element = row.current;
    return () => {
      if (element && containsFocus(element)) focusNeighbor(element, { list, target });
    };
  }, [list, target]);
  return { row, undo };
}

/** Focuses the target of the row after this one, or else of the last one. */
function focusNeighbor(row: HTMLElement, { list, target }: RowFocusSelectors): void {
  const rows = row.closest(list) ?? row.parentElement;
  const targets = [...(rows?.querySelectorAll<HTMLElement>(target) ?? [])].filter(
    (element) => !row.contains(element),
  );
  const isAfter = (element: HTMLElement): boolean =>
    (row.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  (targets.find(isAfter) ?? targets.at(-1))?.focus();
}
