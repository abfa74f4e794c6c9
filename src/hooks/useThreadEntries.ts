import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { mergeThreads } from '../core/threads/mergeThreads.js';
import type { ThreadEntry, ThreadRegistry } from '../core/threads/ThreadRegistry.js';
import * as keys from '../queries/keys.js';
import { listThreadsOptions } from '../queries/threads.js';
import { useAssistantsClient } from './useAssistantsClient.js';

/** The browser storage works offline. */
export const NETWORK_MODE = 'always';

/** The newest threads, as many as a page may have. */
export const SERVER_LIST = { query: { limit: 100, order: 'desc' } } as const;

/** Returns the entry to store, null to remove the entry, or undefined to leave it. */
export type EntryChange = (entry: ThreadEntry | undefined) => ThreadEntry | null | undefined;

/** Functions that change entries of a registry. */
export interface EntryMutation {
  changeEntry: (threadId: string, change: EntryChange) => void;
  /** Resolves once the change is stored. */
  mutateEntry: (threadId: string, change: EntryChange) => Promise<void>;
}

/**
 * Changes entries of a registry one after the other, so that no change is lost. Entries of threads that only the server
 * has are added.
 */
export function useEntryMutation(registry: ThreadRegistry): EntryMutation {
  const client = useAssistantsClient();
  const queryClient = useQueryClient();
  const { mutate, mutateAsync } = useMutation({
    mutationFn: async ({ id, change }: { id: string; change: EntryChange }) => {
      const { queryKey } = listThreadsOptions(client, SERVER_LIST);
      const server = queryClient.getQueryData(queryKey)?.pages.flatMap((page) => page.data);
      const known = mergeThreads(await registry.list(), server);
      const next = change(known.find((entry) => entry.id === id));
      if (next) await registry.put(next);
      else if (next === null) await registry.remove(id);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.threadRegistry(client.scope) }),
    scope: { id: keys.threadRegistry(client.scope).join(' ') },
    networkMode: NETWORK_MODE,
  });
  return useMemo(
    () => ({
      changeEntry: (id, change) => mutate({ id, change }),
      mutateEntry: (id, change) => mutateAsync({ id, change }),
    }),
    [mutate, mutateAsync],
  );
}
