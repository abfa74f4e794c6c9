import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import * as keys from '../queries/keys.js';
import {
  localStorageThreads,
  type ThreadEntry,
  type ThreadRegistry,
} from '../core/threads/ThreadRegistry.js';
import { useAssistantsClient } from './useAssistantsClient.js';

export interface UseThreadsResult {
  /** The one that was used last comes first. */
  threads: ThreadEntry[];
  isLoading: boolean;
  /** Why the registry could not be read. */
  error: Error | null;
  /** Remembers a thread, as a conversation's `onThreadCreated` tells of it, or gives it a new title; either way it is the newest now. */
  remember: (threadId: string, title: string) => void;
  /** Forgets a thread; deleting it on the server is useDeleteThread. */
  forget: (threadId: string) => void;
}

/**
 * The threads that a person has had, which the API cannot list. Remembered by the browser, unless you give a registry.
 *
 * @param registry The one of the first render is kept.
 */
export function useThreads(registry: ThreadRegistry = localStorageThreads()): UseThreadsResult {
  const { scope } = useAssistantsClient();
  const queryClient = useQueryClient();
  const [held] = useState(registry);
  const queryKey = keys.threadRegistry(scope);
  const refresh = () => queryClient.invalidateQueries({ queryKey });
  const { data, isLoading, error } = useQuery({
    queryKey,
    queryFn: async () => (await held.list()).toSorted((a, b) => b.updatedAt - a.updatedAt),
    networkMode: 'always',
  });
  const put = useMutation({
    mutationFn: (entry: ThreadEntry) => held.put(entry),
    onSettled: refresh,
    networkMode: 'always',
  });
  const remove = useMutation({
    mutationFn: (id: string) => held.remove(id),
    onSettled: refresh,
    networkMode: 'always',
  });

  useEffect(
    () =>
      held.subscribe?.(
        () => void queryClient.invalidateQueries({ queryKey: keys.threadRegistry(scope) }),
      ),
    [held, queryClient, scope],
  );
  const { mutate: putEntry } = put;
  const { mutate: removeEntry } = remove;
  const remember = useCallback(
    (id: string, title: string) => putEntry({ id, title, updatedAt: Date.now() }),
    [putEntry],
  );
  const forget = useCallback((id: string) => removeEntry(id), [removeEntry]);
  return { threads: data ?? [], isLoading, error, remember, forget };
}
