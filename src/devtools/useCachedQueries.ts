import { notifyManager, useQueryClient, type Query } from '@tanstack/react-query';
import { useEffect, useReducer } from 'react';
import { useAssistantsClient } from '../hooks/useAssistantsClient.js';
import * as keys from '../queries/keys.js';

/** Returns the cached queries of the client, the one that changed last first. Renders again with each change. */
export function useCachedQueries(): Query[] {
  const { scope } = useAssistantsClient('AssistantsDevtools');
  const cache = useQueryClient().getQueryCache();
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  // Observers of the cache may be called while another component renders: TanStack Query schedules them.
  useEffect(() => cache.subscribe(notifyManager.batchCalls(() => rerender())), [cache]);
  const queries = cache.findAll({ queryKey: keys.all(scope) });
  return queries.toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);
}
