import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import {
  createDeferredDeletions,
  type DeferredDeletions,
  type DeletionActions,
  type DeletionsState,
} from './createDeferredDeletions.js';

/** Result of `useDeferredDeletion`. */
export interface UseDeferredDeletionResult
  extends DeletionsState, Pick<DeferredDeletions, 'deleteLater' | 'undo' | 'dismissError'> {}

const allDeletions = new WeakMap<QueryClient, Map<string, DeferredDeletions>>();

/**
 * Deletes objects ten seconds later, which the user can undo. All components of a page with the same client share the
 * deletions of a kind. When the last of them is removed, pending deletions are made at once.
 */
export function useDeferredDeletion(
  kind: 'threads' | 'assistants' | 'files',
  actions: DeletionActions,
): UseDeferredDeletionResult {
  const { scope } = useAssistantsClient();
  const store = getDeletions(useQueryClient(), `${kind} ${scope}`);
  const { deletions, error } = useSyncExternalStore(
    store.subscribe,
    store.getState,
    store.getState,
  );
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => store.retain(() => latest.current), [store]);
  const { deleteLater, undo, dismissError } = store;
  return { deletions, error, deleteLater, undo, dismissError };
}

function getDeletions(queryClient: QueryClient, key: string): DeferredDeletions {
  const byKey = allDeletions.get(queryClient) ?? new Map<string, DeferredDeletions>();
  const deletions = byKey.get(key) ?? createDeferredDeletions();
  allDeletions.set(queryClient, byKey.set(key, deletions));
  return deletions;
}
