import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import {
  findItem,
  insertItem,
  isWholeList,
  patchItem,
  removeItem,
  type ListData,
  type Listed,
  type ListQuery,
} from './pages.js';
import { preferIncoming, type Merge } from './structuralSharing.js';

/**
 * Changes every cached list below a key, and asks again for what was on its way: an answer from before the change would
 * undo it.
 *
 * @param listsKey One of `keys.*Lists`.
 */
export function changeLists<Item extends Listed>(
  queryClient: QueryClient,
  listsKey: QueryKey,
  change: (data: ListData<Item>, query: ListQuery | undefined) => ListData<Item>,
): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: listsKey })) {
    const resume = interrupt(query);
    queryClient.setQueryData<ListData<Item>>(
      query.queryKey,
      (data) => data && change(data, getListQuery(query.queryKey)),
    );
    resume();
  }
}

/** Puts an object into every cached list that it belongs to: merged with what is there, else where its time puts it. */
export function upsertInLists<Item extends Listed>(
  queryClient: QueryClient,
  listsKey: QueryKey,
  item: Item,
  merge: Merge<Item> = preferIncoming,
  belongs: (query: ListQuery | undefined) => boolean = () => true,
): void {
  changeLists<Item>(queryClient, listsKey, (data, query) => {
    if (findItem(data, item.id)) return patchItem(data, item.id, (current) => merge(current, item));
    return isWholeList(query) && belongs(query) ? insertItem(data, item, query?.order) : data;
  });
}

/** Changes one object in every cached list that has it. */
export function patchInLists<Item extends Listed>(
  queryClient: QueryClient,
  listsKey: QueryKey,
  id: string,
  change: (item: Item) => Item,
): void {
  changeLists<Item>(queryClient, listsKey, (data) => patchItem(data, id, change));
}

/** Takes an object out of every cached list. */
export function removeFromLists(queryClient: QueryClient, listsKey: QueryKey, id: string): void {
  changeLists(queryClient, listsKey, (data) => removeItem(data, id));
}

/** Cancels what is on its way below a key, and forgets all of it. */
export function removeSubtree(queryClient: QueryClient, queryKey: QueryKey): void {
  void queryClient.cancelQueries({ queryKey });
  queryClient.removeQueries({ queryKey });
}

/** The wire query of a list, which is the end of its key. */
export function getListQuery(listKey: QueryKey): ListQuery | undefined {
  const query: unknown = listKey.at(-1);
  return isQuery(query) ? query : undefined;
}

/** For the detail of an object that a list may hold already: shown from there, as old as the list is. */
export function seedFromLists<Item extends Listed>(
  queryClient: QueryClient,
  listsKey: QueryKey,
  id: string | null | undefined,
) {
  const newest = () => {
    let found: { item: Item; updatedAt: number } | undefined;
    for (const query of queryClient.getQueryCache().findAll({ queryKey: listsKey })) {
      const item = id && findItem(queryClient.getQueryData<ListData<Item>>(query.queryKey), id);
      const { dataUpdatedAt: updatedAt } = query.state;
      if (item && updatedAt > (found?.updatedAt ?? -1)) found = { item, updatedAt };
    }
    return found;
  };
  return { initialData: () => newest()?.item, initialDataUpdatedAt: () => newest()?.updatedAt };
}

function isQuery(value: unknown): value is ListQuery {
  return typeof value === 'object' && value !== null;
}

/**
 * Stops a fetch in silence; the function returned sends it again. Whoever waits for the first gets the answer of the second.
 * It is not left cancelled, since a list that has nothing yet would then stay empty, and a page that a person asked for
 * would never come.
 */
function interrupt(query: Query): () => void {
  if (query.state.fetchStatus !== 'fetching') return () => undefined;
  const meta = query.state.fetchMeta;
  void query.cancel({ silent: true });
  return () => void query.fetch(undefined, meta ? { meta } : {}).catch(() => undefined);
}
