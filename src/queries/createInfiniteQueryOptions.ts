import type {
  DataTag,
  QueryClient,
  QueryFunction,
  QueryKey,
  UseInfiniteQueryOptions,
} from '@tanstack/react-query';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { OperationId, Page } from '../protocol/types.js';
import {
  growPage,
  getWireOrderSelector,
  getNextCursor,
  findPageAfter,
  getPageQuery,
  type Cursor,
  type ListData,
  type Listed,
  type ListQuery,
} from './cache/pages.js';
import {
  NETWORK_POLICY,
  STALE_TIME_MS,
  tagQueryKey,
  type NetworkPolicy,
} from './createQueryOptions.js';
import { createListSharing, preferIncoming, type Merge } from './cache/structuralSharing.js';

type Base<Item> = UseInfiniteQueryOptions<Page<Item>, AssistantsError, Item[], QueryKey, Cursor>;

/**
 * Options of a query for a list, for `useInfiniteQuery`, `useSuspenseInfiniteQuery`, `queryClient.infiniteQuery` and
 * the other functions of TanStack Query.
 */
export interface OperationInfiniteQueryOptions<Item> extends NetworkPolicy {
  queryKey: DataTag<QueryKey, ListData<Item>, AssistantsError>;
  queryFn: QueryFunction<Page<Item>, QueryKey, Cursor>;
  initialPageParam: Cursor;
  getNextPageParam: Base<Item>['getNextPageParam'];
  /** Returns the items of all loaded pages. */
  select: (data: ListData<Item>) => Item[];
  refetchInterval?: NonNullable<Base<Item>['refetchInterval']>;
  staleTime: number;
  structuralSharing: NonNullable<Base<Item>['structuralSharing']>;
  meta: { operationId: OperationId };
}

interface ListDefinition<Item, Query> {
  queryKey: QueryKey;
  query: Query | undefined;
  fetchPage: (
    query: { query?: Query },
    signal: AbortSignal,
    queryClient: QueryClient,
  ) => Promise<Page<Item>>;
  /** Returns the newer of two snapshots of an item. @default the one that arrived last */
  merge?: Merge<Item>;
  /** Returns the items of all pages. @default in the order of the wire */
  select?: (data: ListData<Item>) => Item[];
  /**
   * True for lists whose older items do not change. Refetching a list that is newest first then requests only the
   * newest pages, up to the first that ends in a cached one, and keeps the rest. TanStack Query alone refetches every
   * loaded page.
   */
  keepsHistory?: boolean;
  /** Changes a fetched page before it is cached. */
  prepare?: (page: Page<Item>) => Page<Item>;
  /** Completes a fetched list before it is cached. */
  complete?: (before: ListData<Item>, after: ListData<Item>) => ListData<Item>;
}

/** Creates the options of a list query. */
export function createInfiniteQueryOptions<Item extends Listed, Query extends ListQuery>(
  operationId: OperationId,
  definition: ListDefinition<Item, Query>,
): OperationInfiniteQueryOptions<Item> {
  const {
    query,
    merge = preferIncoming,
    select = getWireOrderSelector(query),
    prepare = (page) => page,
  } = definition;
  const queryKey = tagQueryKey<ListData<Item>>(definition.queryKey);
  const keepsHistory = definition.keepsHistory && query?.order !== 'asc' && !query?.before;
  const queryFn: OperationInfiniteQueryOptions<Item>['queryFn'] = async ({
    client: queryClient,
    pageParam,
    signal,
  }) => {
    const cached = keepsHistory ? queryClient.getQueryData(queryKey) : undefined;
    const cachedPage = findPageAfter(cached, pageParam);
    if (cachedPage) return cachedPage;
    const pageQuery = getPageQuery(query, pageParam);
    const page = await definition.fetchPage(
      pageQuery ? { query: pageQuery } : {},
      signal,
      queryClient,
    );
    return growPage(cached, prepare(withCursors(page)));
  };
  return {
    queryKey,
    queryFn,
    initialPageParam: null,
    getNextPageParam: (lastPage, _pages, _cursor, cursors) =>
      getNextCursor(query, lastPage, cursors),
    select,
    ...NETWORK_POLICY,
    staleTime: STALE_TIME_MS,
    structuralSharing: createListSharing(merge, definition.complete),
    meta: { operationId },
  };
}

/** Returns the page with cursors from its items: some servers omit them, and some send wrong ones. */
function withCursors<Item extends Listed>(page: Page<Item>): Page<Item> {
  const { data } = page;
  return { ...page, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}
