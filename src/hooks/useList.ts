import {
  skipToken,
  useInfiniteQuery,
  type QueryKey,
  type SkipToken,
  type UseInfiniteQueryOptions,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import type { AssistantsClient } from '../client/client.js';
import type { AssistantsError } from '../client/errors.js';
import type { Params } from '../client/operations.js';
import type { OperationId, Page } from '../protocol/types.js';
import * as keys from '../queries/keys.js';
import type { ListOptions } from '../queries/listOptions.js';
import { itemsOf, type Cursor, type ListData, type Listed } from '../queries/pages.js';
import { hasIds, type MaybeParams } from './params.js';

/** What TanStack's useInfiniteQuery takes, but for the key, the function and the paging. `select` is given the pages. */
export type ListHookOptions<Item, Selected = Item[]> = Omit<
  UseInfiniteQueryOptions<Page<Item>, AssistantsError, Selected, QueryKey, Cursor>,
  'queryKey' | 'queryFn' | 'select' | 'initialPageParam' | 'getNextPageParam' | 'getPreviousPageParam'
> & { select?: (data: ListData<Item>) => Selected };

/** useInfiniteQuery over the options of one list; nothing is sent while an id is missing. */
export function useList<Id extends OperationId, Item extends Listed, Selected>(
  client: AssistantsClient,
  operationId: Id,
  factory: (client: AssistantsClient, params: Params<Id>) => ListOptions<Item>,
  params: MaybeParams<Id>,
  options: ListHookOptions<Item, Selected>,
): UseInfiniteQueryResult<Selected, AssistantsError> {
  const list = hasIds(operationId, params) ? factory(client, params) : disabled<Item>(client, operationId);
  // Without a select of the caller's, Selected is its default: what the list's own gives.
  const select = options.select ?? (list.select as (data: ListData<Item>) => Selected);
  return useInfiniteQuery<Page<Item>, AssistantsError, Selected, QueryKey, Cursor>({ ...list, ...options, select });
}

interface Disabled<Item> {
  queryKey: QueryKey;
  queryFn: SkipToken;
  initialPageParam: Cursor;
  getNextPageParam: () => undefined;
  select: (data: ListData<Item>) => Item[];
}

function disabled<Item extends Listed>(client: AssistantsClient, operationId: OperationId): Disabled<Item> {
  return {
    queryKey: keys.disabled(client.scope, operationId),
    queryFn: skipToken,
    initialPageParam: null,
    getNextPageParam: () => undefined,
    select: itemsOf,
  };
}
