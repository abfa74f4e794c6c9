'use client';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { foldText } from '../../../common/foldText.js';
import type { Message } from '../../../protocol/types.js';
import { useThreadNavigationStore } from '../ThreadContext.js';
import { getFoldedText } from './getFoldedText.js';

/** Result of `useThreadSearch`. */
export interface UseThreadSearchResult {
  query: string;
  /** Sets the text to find and shows its newest hit. Case and accents do not matter. */
  setQuery: (query: string) => void;
  /** Ids of the loaded messages that contain the text, oldest first. Empty without a text. */
  hits: readonly string[];
  /** Index of the shown hit, or -1. */
  index: number;
  /** Shows the next hit, which is the oldest one after the newest. */
  showNext: () => void;
  /** Shows the previous hit, which is the newest one before the oldest. */
  showPrevious: () => void;
}

const NO_ROWS: readonly { readonly message: Message }[] = [];

/**
 * Searches the loaded messages of the surrounding thread, and scrolls to the hits. Load older messages to search them too.
 *
 * @throws Error outside `Thread.Root`
 */
export function useThreadSearch(): UseThreadSearchResult {
  const { list, scrollToMessage } = useThreadNavigationStore();
  const rows = useSyncExternalStore(
    list.subscribe,
    () => list.getState()?.rows ?? NO_ROWS,
    () => NO_ROWS,
  );
  const [query, setQuery] = useState('');
  // A new object each time, so that stepping to the only hit scrolls back to it.
  const [shown, setShown] = useState<{ id: string | undefined }>({ id: undefined });
  const hits = useMemo(() => findMessages(rows, query), [rows, query]);
  const index = hits.indexOf(shown.id ?? '');

  const show = (nextIndex: number, nextHits = hits): void => {
    setShown({ id: nextHits.at(nextIndex % Math.max(1, nextHits.length)) });
  };
  useEffect(() => {
    const controller = new AbortController();
    // `Thread.Error` shows why messages could not be loaded.
    if (shown.id !== undefined) scrollToMessage(shown.id, controller).catch(() => undefined);
    return () => controller.abort();
  }, [shown, scrollToMessage]);
  return {
    query,
    setQuery(next) {
      setQuery(next);
      show(-1, findMessages(rows, next));
    },
    hits,
    index,
    showNext: () => show(index + 1),
    showPrevious: () => show(index - 1),
  };
}

function findMessages(rows: typeof NO_ROWS, query: string): string[] {
  const words = foldText(query).trim();
  if (words === '') return [];
  return rows.flatMap(({ message }) =>
    getFoldedText(message).includes(words) ? [message.id] : [],
  );
}
