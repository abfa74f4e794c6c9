import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AssistantsError } from '../client/AssistantsError.js';
import { localStorageThreads } from '../core/threads/localStorageThreads.js';
import type { ThreadEntry, ThreadRegistry } from '../core/threads/ThreadRegistry.js';
import type { Thread } from '../protocol/types.js';
import * as keys from '../queries/keys.js';
import { listThreadsOptions } from '../queries/threads.js';
import { useThreadList } from './operations/threads.js';
import { useAssistantsClient } from './useAssistantsClient.js';

/** Result of `useThreads`. */
export interface UseThreadsResult {
  /**
   * Most recently used thread first. Empty while loading. A thread that is not in the registry has the title of its
   * `metadata.title`, which may be empty, and the time of its creation.
   */
  threads: ThreadEntry[];
  /** True until the registry was read for the first time and, if it is empty, until the server has answered. */
  isLoading: boolean;
  /**
   * Reason why the registry could not be read after the retries of the QueryClient, or, if there are no other threads, why the
   * server could not list its threads. Null otherwise.
   */
  error: Error | null;
  /** Adds a thread, or changes its title. The thread becomes the most recently used one. Call it in `onThreadCreated`. */
  remember: (threadId: string, title: string) => void;
  /** Changes the title of a thread in the registry. Its place in the list stays the same. Does nothing for an unknown thread. */
  rename: (threadId: string, title: string) => void;
  /** Makes a thread the most recently used one. Call it in `onRunSettled`. Does nothing for an unknown thread. */
  markUsed: (threadId: string) => void;
  /** Removes a thread from the registry. Delete it on the server with `useDeleteThread`, or a server that lists threads lists it again. */
  forget: (threadId: string) => void;
}

/** The newest threads, as many as a page may have. */
const SERVER_LIST = { query: { limit: 100, order: 'desc' } } as const;

/**
 * Lists the threads of the user for a menu of chats: the 100 newest ones of a server that has the extension listThreads, and
 * those of a registry, which knows their titles and the time of their last use. For other servers, it lists the registry alone. All
 * components with the same client share the list. Use `useThreadList` for the thread objects, and for older pages.
 * Source: listThreads.
 *
 * @param registry Storage of titles and last uses. Later values are ignored. @default localStorageThreads()
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
 *         onThreadCreated={(id, { text }) => remember(id, text ?? '')}
 *         onRunSettled={(run) => markUsed(run.thread_id)}
 *       />
 *     </>
 *   );
 * }
 * ```
 */
export function useThreads(registry: ThreadRegistry = localStorageThreads()): UseThreadsResult {
  const client = useAssistantsClient('useThreads');
  const { scope } = client;
  const queryClient = useQueryClient();
  const [initialRegistry] = useState(registry);
  const queryKey = keys.threadRegistry(scope);
  const refresh = () => queryClient.invalidateQueries({ queryKey });
  // The browser storage works offline.
  const networkMode = 'always';
  const {
    data: entries,
    isLoading,
    error,
  } = useQuery({
    queryKey,
    queryFn: () => initialRegistry.list(),
    networkMode,
  });
  const isMissing = client.supports('listThreads') === false;
  const list = useThreadList(SERVER_LIST, { enabled: !isMissing });
  const { data: listed } = list;
  const threads = useMemo(() => mergeThreads(entries, listed), [entries, listed]);
  const isEmpty = threads.length === 0;
  const { mutate: put } = useMutation({
    mutationFn: (entry: ThreadEntry) => initialRegistry.put(entry),
    onSettled: refresh,
    networkMode,
  });
  const { mutate: change } = useMutation({
    mutationFn: async ({ id, ...changes }: Pick<ThreadEntry, 'id'> & Partial<ThreadEntry>) => {
      const serverList = queryClient.getQueryData(listThreadsOptions(client, SERVER_LIST).queryKey);
      const server = serverList?.pages.flatMap((page) => page.data);
      const entry = mergeThreads(await initialRegistry.list(), server).find(
        (known) => known.id === id,
      );
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
  return {
    threads,
    isLoading: isLoading || (isEmpty && list.isLoading),
    error: error ?? (isEmpty && isFailure(list.error) ? list.error : null),
    remember,
    rename,
    markUsed,
    forget,
  };
}

/** Returns the entries of the registry and the threads that only the server has, most recently used thread first. */
function mergeThreads(
  entries: readonly ThreadEntry[] = [],
  listed: readonly Thread[] = [],
): ThreadEntry[] {
  const knownIds = new Set(entries.map(({ id }) => id));
  const others = listed.filter(({ id }) => !knownIds.has(id)).map(toThreadEntry);
  return [...entries, ...others].sort((a, b) => b.updatedAt - a.updatedAt);
}

function toThreadEntry({ id, created_at: createdAt, metadata }: Thread): ThreadEntry {
  return { id, title: metadata?.['title'] ?? '', updatedAt: createdAt * 1_000 };
}

/** Returns true unless the server cannot list threads, or does not let this user list them. */
function isFailure(error: AssistantsError | null): boolean {
  return error !== null && error.kind !== 'unsupported' && ![403, 404].includes(error.status ?? 0);
}
