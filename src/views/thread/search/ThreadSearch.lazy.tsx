'use client';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
} from 'react';
import { isElement } from '../../../common/isElement.js';
import { containsFocus, getTreeRoot, isFocusNowhere } from '../../../common/treeRoot.js';
import { Button } from '../../../components/Button.js';
import { getDirection } from '../../../components/getDirection.js';
import { useFormat } from '../../../components/i18n/useFormat.js';
import { useCompleteTexts } from '../../../components/i18n/useTexts.lazy.js';
import { ArrowDown, ArrowUp, X } from '../../../components/icons.js';
import { createPart, type PartProps } from '../../../components/part.js';
import { useThreadNavigationStore } from '../ThreadContext.js';
import { highlightHit } from './highlightHit.js';
import { useThreadSearch, type UseThreadSearchResult } from './useThreadSearch.js';

interface ThreadSearchContentProps extends Omit<PartProps<'div'>, 'children'> {
  onClose: () => void;
}

/** Lazily loaded content of `Thread.Search`. Element: div. */
export function ThreadSearchContent({
  onClose,
  ...props
}: ThreadSearchContentProps): ReactElement | null {
  const texts = useCompleteTexts().search;
  const format = useFormat();
  const search = useThreadSearch();
  const { query, setQuery, hits, index, showNext, showPrevious } = search;
  const field = useFocusedField();
  useHighlight(search);

  const onKeyDown = (event: KeyboardEvent): void => {
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
        data-part="thread-search-input"
        aria-label={texts.label}
        placeholder={texts.label}
        dir={getDirection(query)}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <output data-part="thread-search-position">
        {query.trim() !== '' && (hits.length === 0 ? texts.none : position)}
      </output>
      <Button
        variant="icon"
        aria-label={texts.previous}
        disabled={hits.length === 0}
        onClick={showPrevious}
      >
        <ArrowUp size={16} />
      </Button>
      <Button
        variant="icon"
        aria-label={texts.next}
        disabled={hits.length === 0}
        onClick={showNext}
      >
        <ArrowDown size={16} />
      </Button>
      <Button variant="icon" aria-label={texts.close} onClick={onClose}>
        <X size={16} />
      </Button>
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
