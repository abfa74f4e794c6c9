import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { localStorageThreads } from '../core/threads/localStorageThreads.js';
import type { ThreadEntry, ThreadRegistry } from '../core/threads/ThreadRegistry.js';
import * as keys from '../queries/keys.js';
import { useAssistantsClient } from './useAssistantsClient.js';

/** Result of `useThreads`. */
export interface UseThreadsResult {
  /** Most recently used thread first. Empty while loading. */
  threads: ThreadEntry[];
  /** True until the registry was read for the first time. */
  isLoading: boolean;
  /** Reason why the registry could not be read after the retries of the QueryClient. Null otherwise. */
  error: Error | null;
  /** Adds a thread, or changes its title. The thread becomes the most recently used one. Call it in `onThreadCreated`. */
  remember: (threadId: string, title: string) => void;
  /** Changes the title of a thread. Its place in the list stays the same. Does nothing for an unknown thread. */
  rename: (threadId: string, title: string) => void;
  /** Makes a thread the most recently used one. Call it in `onRunSettled`. Does nothing for an unknown thread. */
  markUsed: (threadId: string) => void;
  /** Removes a thread from the list. Delete it on the server with `useDeleteThread`. */
  forget: (threadId: string) => void;
}

/**
 * Lists the threads of the user, because the API has no operation that lists threads. All components with the same client
 * share the list.
 *
 * @param registry Storage of the list. Later values are ignored. @default localStorageThreads()
 *
 * @example
 * ```tsx
 * import { useState } from 'react';
 * import { ThreadView, useThreads } from 'assistants-react';
 *
 * export function Threads({ assistantId }: { assistantId: string }) {
 *   const [threadId, setThreadId] = useState<string>();
 *   const { threads, remember, markUsed } = useThreads();
 *   return (
 *     <>
 *       {threads.map(({ id, title }) => (
 *         <button key={id} type="button" onClick={() => setThreadId(id)}>
 *           {title}
 *         </button>
 *       ))}
 *       <ThreadView
 *         assistantId={assistantId}
 *         threadId={threadId}
 *         onThreadIdChange={setThreadId}
 *         onThreadCreated={(id, { text }) => remember(id, text ?? 'New thread')}
 *         onRunSettled={(run) => markUsed(run.thread_id)}
 *       />
 *     </>
 *   );
 * }
 * ```
 */
export function useThreads(registry: ThreadRegistry = localStorageThreads()): UseThreadsResult {
  const { scope } = useAssistantsClient();
  const queryClient = useQueryClient();
  const [initialRegistry] = useState(registry);
  const queryKey = keys.threadRegistry(scope);
  const refresh = () => queryClient.invalidateQueries({ queryKey });
  // The browser storage works offline.
  const networkMode = 'always';
  const { data, isLoading, error } = useQuery({
    queryKey,
    queryFn: async () => sortByLastUse(await initialRegistry.list()),
    networkMode,
  });
  const { mutate: put } = useMutation({
    mutationFn: (entry: ThreadEntry) => initialRegistry.put(entry),
    onSettled: refresh,
    networkMode,
  });
  const { mutate: change } = useMutation({
    mutationFn: async ({ id, ...changes }: Pick<ThreadEntry, 'id'> & Partial<ThreadEntry>) => {
      const entry = (await initialRegistry.list()).find((known) => known.id === id);
      if (entry) await initialRegistry.put({ ...entry, ...changes });
    },
    onSettled: refresh,
    networkMode,
  });
  const { mutate: remove } = useMutation({
    mutationFn: (threadId: string) => initialRegistry.remove(threadId),
    onSettled: refresh,
    networkMode,
  });

  useEffect(
    () =>
      initialRegistry.subscribe?.(() => {
        void queryClient.invalidateQueries({ queryKey: keys.threadRegistry(scope) });
      }),
    [initialRegistry, queryClient, scope],
  );
  const remember = useCallback(
    (id: string, title: string) => put({ id, title, updatedAt: Date.now() }),
    [put],
  );
  const rename = useCallback((id: string, title: string) => change({ id, title }), [change]);
  const markUsed = useCallback((id: string) => change({ id, updatedAt: Date.now() }), [change]);
  const forget = useCallback((threadId: string) => remove(threadId), [remove]);
  return { threads: data ?? [], isLoading, error, remember, rename, markUsed, forget };
}

function sortByLastUse(entries: readonly ThreadEntry[]): ThreadEntry[] {
  return entries.toSorted((a, b) => b.updatedAt - a.updatedAt);
}
