import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Waits for the first fetch of each query below a key. Its response may be older than the event that the caller handles. */
export async function waitForFirstFetches(
  queryClient: QueryClient,
  queryKey: QueryKey,
): Promise<void> {
  const pending = queryClient
    .getQueryCache()
    .findAll({ queryKey })
    .filter(({ state }) => state.data === undefined && state.fetchStatus === 'fetching');
  // `fetch` returns the promise of the fetch in progress.
  await Promise.allSettled(pending.map((query) => query.fetch()));
}
