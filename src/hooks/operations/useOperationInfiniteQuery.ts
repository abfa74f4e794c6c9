import {
  skipToken,
  useInfiniteQuery,
  type QueryKey,
  type UseInfiniteQueryOptions,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { Page } from '../../protocol/types.js';
import type { OperationInfiniteQueryFactoryOptions } from '../../queries/createInfiniteQueryOptions.js';
import type { Cursor, ListData } from '../../queries/cache/pages.js';
import { hasIds, type WithMaybeIds } from './params.js';

/** What TanStack's useInfiniteQuery takes, but for the key, the function and the paging. `select` is given the pages. */
export type OperationInfiniteQueryOptions<Item, Selected = Item[]> = Omit<
  UseInfiniteQueryOptions<Page<Item>, AssistantsError, Selected, QueryKey, Cursor>,
  | 'queryKey'
  | 'queryFn'
  | 'select'
  | 'initialPageParam'
  | 'getNextPageParam'
  | 'getPreviousPageParam'
> & { select?: (data: ListData<Item>) => Selected };

/** useInfiniteQuery over the options of one list; nothing is sent while an id is missing. */
export function useOperationInfiniteQuery<Params extends object, Item, Selected>(
  client: AssistantsClient,
  factory: (client: AssistantsClient, params: Params) => OperationInfiniteQueryFactoryOptions<Item>,
  params: WithMaybeIds<Params>,
  options: OperationInfiniteQueryOptions<Item, Selected>,
): UseInfiniteQueryResult<Selected, AssistantsError> {
  // Only what is sent needs the ids.
  const list = factory(client, params as Params);
  // Without a select of the caller's, Selected is its default: what the list's own gives.
  const select = options.select ?? (list.select as (data: ListData<Item>) => Selected);
  return useInfiniteQuery<Page<Item>, AssistantsError, Selected, QueryKey, Cursor>({
    ...list,
    ...(!hasIds(params) && { queryFn: skipToken }),
    ...options,
    select,
  });
}
