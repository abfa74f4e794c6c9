import {
  useInfiniteQuery,
  type QueryKey,
  type UseInfiniteQueryOptions,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { Page } from '../../protocol/types.js';
import type { OperationInfiniteQueryOptions } from '../../queries/createInfiniteQueryOptions.js';
import type { Cursor, ListData } from '../../queries/cache/pages.js';
import { hasIds, type WithMaybeIds } from './params.js';

/**
 * Options of `useInfiniteQuery` except key, query function and paging, which the hook sets. `select` receives the pages
 * in the order of the wire, newest item first unless `query.order` is 'asc'. Without it, `data` has the items of all
 * pages.
 */
export type UseOperationInfiniteQueryOptions<Item, Selected = Item[]> = Omit<
  UseInfiniteQueryOptions<Page<Item>, AssistantsError, Selected, QueryKey, Cursor>,
  | 'queryKey'
  | 'queryFn'
  | 'select'
  | 'initialPageParam'
  | 'getNextPageParam'
  | 'getPreviousPageParam'
> & { select?: (data: ListData<Item>) => Selected };

/** Calls `useInfiniteQuery` with the options of a list. Requests nothing while an id is null or undefined. */
export function useOperationInfiniteQuery<Params extends object, Item, Selected>(
  client: AssistantsClient,
  factory: (client: AssistantsClient, params: Params) => OperationInfiniteQueryOptions<Item>,
  params: WithMaybeIds<Params>,
  options: UseOperationInfiniteQueryOptions<Item, Selected>,
): UseInfiniteQueryResult<Selected, AssistantsError> {
  // While an id is missing, `refetch` rejects with the error of the client that names it.
  const list = factory(client, params as Params);
  // Without `select` in the options, `Selected` is its default: the type that the list's own selector returns.
  const select = options.select ?? (list.select as (data: ListData<Item>) => Selected);
  return useInfiniteQuery<Page<Item>, AssistantsError, Selected, QueryKey, Cursor>({
    ...list,
    ...options,
    ...(!hasIds(params) && { enabled: false }),
    select,
  });
}
