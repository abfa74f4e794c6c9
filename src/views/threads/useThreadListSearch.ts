import { useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ThreadEntry } from '../../core/threads/ThreadRegistry.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import { readLoadedMessages } from '../../queries/loadedMessages.js';
import { searchThreads, type FoundThread } from './searchThreads.js';

/** Number of threads from which a field to search them is shown. */
const SEARCH_FROM = 8;

/** Result of `useThreadListSearch`. */
export interface ThreadListSearch {
  search: string;
  setSearch: (search: string) => void;
  isSearchable: boolean;
  found: FoundThread[];
}

/** Searches the titles and the loaded messages of a list that is long enough. */
export function useThreadListSearch(threads: readonly ThreadEntry[]): ThreadListSearch {
  const { scope } = useAssistantsClient();
  const queryClient = useQueryClient();
  const [search, setSearch] = useState('');
  const [isSearchable, setIsSearchable] = useState(false);
  // The field stays when the list becomes shorter, because the user may be typing in it.
  if (!isSearchable && threads.length >= SEARCH_FROM) setIsSearchable(true);
  const words = useDeferredValue(search);
  const messages = useMemo(
    () => (words === '' ? new Map() : readLoadedMessages(queryClient, scope)),
    [words, queryClient, scope],
  );
  const found = isSearchable ? searchThreads(threads, words, messages) : [...threads];
  return { search, setSearch, isSearchable, found };
}
