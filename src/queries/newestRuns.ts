import { notifyManager, type Query, type QueryClient, type QueryKey } from '@tanstack/react-query';
import type { Run } from '../protocol/types.js';
import * as keys from './keys.js';

/** Newest runs of the threads that this page has opened. */
export interface NewestRunStore {
  /** Returns the cached newest runs by the id of their thread. The same map until one changes. */
  getState: () => ReadonlyMap<string, Run>;
  subscribe: (listener: () => void) => () => void;
}

/** Creates a store of the newest runs in the cache. It sends no requests. */
export function createNewestRunStore(queryClient: QueryClient, scope: string): NewestRunStore {
  const cache = queryClient.getQueryCache();
  let state: ReadonlyMap<string, Run> = new Map();
  const read = (): ReadonlyMap<string, Run> => {
    const runs = new Map<string, Run>();
    for (const { queryKey, state: query } of cache.getAll()) {
      const threadId = getThreadId(scope, queryKey);
      // The key tells the type of the data.
      const run = query.data as Run | null | undefined;
      if (threadId !== undefined && run) runs.set(threadId, run);
    }
    return runs;
  };
  return {
    getState() {
      const next = read();
      const isSame =
        next.size === state.size && [...next].every(([id, run]) => state.get(id) === run);
      if (!isSame) state = next;
      return state;
    },
    subscribe(listener) {
      // Queries are added while components render, which must not render others.
      const notify = notifyManager.batchCalls(listener);
      return cache.subscribe((event) => {
        const query = event.query as Query;
        const isChange = event.type === 'updated' || event.type === 'removed';
        if (isChange && getThreadId(scope, query.queryKey) !== undefined) notify();
      });
    },
  };
}

/** Returns the id of the thread if a key is that of the newest run of a thread. */
function getThreadId(scope: string, key: QueryKey): string | undefined {
  const threadId = String(key[3]);
  const expected = keys.newestRun(scope, threadId);
  const isMatch = key.length === expected.length && key.every((part, at) => part === expected[at]);
  return isMatch ? threadId : undefined;
}
