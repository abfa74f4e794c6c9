import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { GenerateTitle } from '../core/threads/generateThreadTitle.js';
import { getThreadsKey, localStorageThreads } from '../core/threads/localStorageThreads.js';
import { mergeThreads } from '../core/threads/mergeThreads.js';
import type { ThreadEntry, ThreadRegistry } from '../core/threads/ThreadRegistry.js';
import * as keys from '../queries/keys.js';
import { useThreadList } from './operations/threads.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useGeneratedTitles } from './useGeneratedTitles.js';
import { NETWORK_MODE, SERVER_LIST, useEntryMutation } from './useThreadEntries.js';

/** Options of `useThreads`. */
export interface UseThreadsOptions {
  /**
   * Storage of titles and last uses. Later values are ignored.
   *
   * @default the browser's localStorage, with a list for each `scope` of the client
   */
  registry?: ThreadRegistry | undefined;
  /**
   * Returns the title of a thread, for example from a model. Called once for each thread, by `markUsed` after the first answer. A
   * title that the user has written stays.
   *
   * @default the first words of the thread
   */
  generateTitle?: GenerateTitle | undefined;
}

/** Changes that `update` makes to a thread of the list. */
export type ThreadChanges = Partial<
  Pick<ThreadEntry, 'title' | 'isPinned' | 'isArchived' | 'isUnread'>
>;

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
  /**
   * Pins or archives a thread, or marks it as unread. `generateTitle` may replace a title that is set here, which
   * `rename` does not allow. Does nothing for an unknown thread.
   */
  update: (threadId: string, changes: ThreadChanges) => void;
  /** Changes the title of a thread in the registry. Its place in the list stays the same. Does nothing for an unknown thread. */
  rename: (threadId: string, title: string) => void;
  /** Makes a thread the most recently used one. Call it in `onRunSettled`. Does nothing for an unknown thread. */
  markUsed: (threadId: string) => void;
  /**
   * Removes a thread from the registry. Delete it on the server with `useDeleteThread`, or a server that lists threads
   * lists it again.
   */
  forget: (threadId: string) => void;
  /** True if the server has older threads than those listed. */
  hasMore: boolean;
  isLoadingMore: boolean;
  /** Lists older threads of the server. */
  loadMore: () => void;
}

/**
 * Lists the threads of the user for a menu of chats: the 100 newest ones of a server that has the extension
 * listThreads, and those of a registry, which knows their titles and the time of their last use. For other servers, it
 * lists the registry alone. All components with the same client share the list. Use `useThreadList` for the thread
 * objects, and for older pages. Source: listThreads.
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
export function useThreads({ registry, generateTitle }: UseThreadsOptions = {}): UseThreadsResult {
  const client = useAssistantsClient('useThreads');
  const { scope } = client;
  const queryClient = useQueryClient();
  const [initial] = useState(registry);
  const initialRegistry = useMemo(
    () => initial ?? localStorageThreads(getThreadsKey(scope)),
    [initial, scope],
  );
  const {
    data: entries,
    isLoading,
    error,
  } = useQuery({
    queryKey: keys.threadRegistry(scope),
    queryFn: () => initialRegistry.list(),
    networkMode: NETWORK_MODE,
  });
  const isMissing = client.supports('listThreads') === false;
  const list = useThreadList(SERVER_LIST, { enabled: !isMissing });
  const { data: listed, fetchNextPage } = list;
  const threads = useMemo(() => mergeThreads(entries, listed), [entries, listed]);
  const isEmpty = threads.length === 0;
  const { changeEntry, mutateEntry } = useEntryMutation(initialRegistry);
  useEffect(
    () =>
      initialRegistry.subscribe?.(() => {
        void queryClient.invalidateQueries({ queryKey: keys.threadRegistry(scope) });
      }),
    [initialRegistry, queryClient, scope],
  );
  const title = useGeneratedTitles(generateTitle, mutateEntry);
  const actions = useMemo(
    () => ({
      remember: (id: string, text: string) =>
        changeEntry(id, (entry) => ({ ...entry, id, title: text, updatedAt: Date.now() })),
      update: (id: string, changes: ThreadChanges) =>
        changeEntry(id, (entry) => entry && { ...entry, ...changes }),
      rename: (id: string, text: string) =>
        changeEntry(id, (entry) => entry && { ...entry, title: text, isTitled: true }),
      markUsed(id: string) {
        changeEntry(id, (entry) => entry && { ...entry, updatedAt: Date.now() });
        title(id);
      },
      forget: (id: string) => changeEntry(id, () => null),
      loadMore: () => void fetchNextPage(),
    }),
    [changeEntry, title, fetchNextPage],
  );
  return {
    ...actions,
    threads,
    isLoading: isLoading || (isEmpty && list.isLoading),
    error: error ?? (isEmpty && isFailure(list.error) ? list.error : null),
    hasMore: list.hasNextPage,
    isLoadingMore: list.isFetchingNextPage,
  };
}

/** Returns true unless the server cannot list threads, or does not let this user list them. */
function isFailure(error: AssistantsError | null): boolean {
  return error !== null && error.kind !== 'unsupported' && ![403, 404].includes(error.status ?? 0);
}
