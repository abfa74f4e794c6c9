import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import {
  findItem,
  insertItem,
  isWholeList,
  removeItem,
  updateItem,
  type ListData,
  type Listed,
  type ListQuery,
} from './pages.js';
import { preferIncoming, type Merge } from './structuralSharing.js';

/**
 * Updates every cached list below a key. Pending requests are sent again, because a response from before the update
 * would undo it.
 *
 * @param listsKey One of `keys.*Lists`.
 */
export function updateLists<Item extends Listed>(
  queryClient: QueryClient,
  listsKey: QueryKey,
  update: (data: ListData<Item>, query: ListQuery | undefined) => ListData<Item>,
): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: listsKey })) {
    const refetch = cancelPendingFetch(query);
    queryClient.setQueryData<ListData<Item>>(
      query.queryKey,
      (data) => data && update(data, getListQuery(query.queryKey)),
    );
    refetch();
  }
}

/** Writes an object into every cached list that it belongs in: merged with the cached item, or at its place by time. */
export function upsertInLists<Item extends Listed>(
  queryClient: QueryClient,
  listsKey: QueryKey,
  item: Item,
  merge: Merge<Item> = preferIncoming,
  belongsInList: (query: ListQuery | undefined) => boolean = () => true,
): void {
  updateLists<Item>(queryClient, listsKey, (data, query) => {
    if (findItem(data, item.id))
      return updateItem(data, item.id, (current) => merge(current, item));
    return isWholeList(query) && belongsInList(query) ? insertItem(data, item, query?.order) : data;
  });
}

/** Updates one object in every cached list that has it. */
export function updateInLists<Item extends Listed>(
  queryClient: QueryClient,
  listsKey: QueryKey,
  id: string,
  update: (item: Item) => Item,
): void {
  updateLists<Item>(queryClient, listsKey, (data) => updateItem(data, id, update));
}

/** Removes an object from every cached list. */
export function removeFromLists(queryClient: QueryClient, listsKey: QueryKey, id: string): void {
  updateLists(queryClient, listsKey, (data) => removeItem(data, id));
}

/** Cancels the requests of all queries below a key, and removes the queries. */
export function removeSubtree(queryClient: QueryClient, queryKey: QueryKey): void {
  void queryClient.cancelQueries({ queryKey });
  queryClient.removeQueries({ queryKey });
}

/** Returns the wire query of a list, which is the last entry of its key. */
export function getListQuery(listKey: QueryKey): ListQuery | undefined {
  const query: unknown = listKey.at(-1);
  return isQuery(query) ? query : undefined;
}

/**
 * Returns the initial data of a detail query: the item of the most recently updated list that has it, as old as that
 * list.
 */
export function seedFromLists<Item extends Listed>(
  queryClient: QueryClient,
  listsKey: QueryKey,
  id: string | null | undefined,
) {
  const findNewest = () => {
    let newest: { item: Item; updatedAt: number } | undefined;
    for (const query of queryClient.getQueryCache().findAll({ queryKey: listsKey })) {
      const item = id && findItem(queryClient.getQueryData<ListData<Item>>(query.queryKey), id);
      const { dataUpdatedAt: updatedAt } = query.state;
      if (item && updatedAt > (newest?.updatedAt ?? -1)) newest = { item, updatedAt };
    }
    return newest;
  };
  return {
    initialData: () => findNewest()?.item,
    initialDataUpdatedAt: () => findNewest()?.updatedAt,
  };
}

function isQuery(value: unknown): value is ListQuery {
  return typeof value === 'object' && value !== null;
}

/**
 * Cancels a pending fetch without notifying its callers. Returns a function that fetches again: the callers of the
 * first fetch receive the result of the second. Without it, a list without data would stay empty, and a page that the
 * user requested would not arrive.
 */
function cancelPendingFetch(query: Query): () => void {
  if (query.state.fetchStatus !== 'fetching') return () => undefined;
  const meta = query.state.fetchMeta;
  void query.cancel({ silent: true });
  return () => {
    // The error is in the state of the query.
    query.fetch(undefined, meta ? { meta } : {}).catch(() => undefined);
  };
}
