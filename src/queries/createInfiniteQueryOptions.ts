import type {
  DataTag,
  QueryFunction,
  QueryKey,
  UseInfiniteQueryOptions,
} from '@tanstack/react-query';
import { AssistantsError } from '../client/AssistantsError.js';
import type { OperationId, Page } from '../protocol/types.js';
import {
  growPage,
  toWireOrder,
  nextCursor,
  nextOlderPage,
  getPageQuery,
  type Cursor,
  type ListData,
  type Listed,
  type ListQuery,
} from './cache/pages.js';
import { STALE_TIME_MS, tagged } from './createQueryOptions.js';
import { shareList, preferIncoming, type Merge } from './cache/structuralSharing.js';

type Base<Item> = UseInfiniteQueryOptions<Page<Item>, AssistantsError, Item[], QueryKey, Cursor>;

/** What reads a list page by page: for useInfiniteQuery, useSuspenseInfiniteQuery, `queryClient.infiniteQuery` and the like. */
export interface OperationInfiniteQueryFactoryOptions<Item> {
  queryKey: DataTag<QueryKey, ListData<Item>, AssistantsError>;
  queryFn: QueryFunction<Page<Item>, QueryKey, Cursor>;
  initialPageParam: Cursor;
  getNextPageParam: Base<Item>['getNextPageParam'];
  /** The items of all loaded pages. */
  select: (data: ListData<Item>) => Item[];
  retry: false;
  staleTime: number;
  structuralSharing: NonNullable<Base<Item>['structuralSharing']>;
  meta: { operationId: OperationId };
}

/** A page as servers send it, some without a word on whether there is more. */
type SentPage<Item> = Omit<Page<Item>, 'has_more'> & { has_more?: boolean };

interface ListDefinition<Item, Query> {
  queryKey: QueryKey;
  query: Query | undefined;
  fetchPage: (query: { query?: Query }, signal: AbortSignal) => Promise<SentPage<Item>>;
  /** Which of two snapshots of an item stays. @default the one that arrives last */
  merge?: Merge<Item>;
  /** @default in the order of the wire */
  select?: (data: ListData<Item>) => Item[];
  /**
   * For lists, newest first, of which what is old does not change. When they are fetched again, only the pages in front are,
   * until one ends in what is cached; the rest stays. TanStack alone would ask for every page that was ever loaded.
   */
  keepsHistory?: boolean;
  /** Changes a page before it is kept. */
  prepare?: (page: Page<Item>) => Page<Item>;
  /** Completes a list before it is kept. */
  complete?: (before: ListData<Item>, after: ListData<Item>) => ListData<Item>;
}

/** Puts together the options of a list. Never retries: the client has done so. */
export function createInfiniteQueryOptions<Item extends Listed, Query extends ListQuery>(
  operationId: OperationId,
  definition: ListDefinition<Item, Query>,
): OperationInfiniteQueryFactoryOptions<Item> {
  const {
    query,
    merge = preferIncoming,
    select = toWireOrder(query),
    prepare = (page) => page,
  } = definition;
  const queryKey = tagged<ListData<Item>>(definition.queryKey);
  const keepsHistory = definition.keepsHistory && query?.order !== 'asc' && !query?.before;
  const queryFn: OperationInfiniteQueryFactoryOptions<Item>['queryFn'] = async ({
    client: queryClient,
    pageParam,
    signal,
  }) => {
    const cached = keepsHistory ? queryClient.getQueryData(queryKey) : undefined;
    const kept = nextOlderPage(cached, pageParam);
    if (kept) return kept;
    const wanted = getPageQuery(query, pageParam);
    const page = await definition.fetchPage(wanted ? { query: wanted } : {}, signal);
    return growPage(cached, prepare(checked(operationId, page)));
  };
  return {
    queryKey,
    queryFn,
    initialPageParam: null,
    getNextPageParam: (lastPage, _pages, _cursor, cursors) => nextCursor(query, lastPage, cursors),
    select,
    retry: false,
    staleTime: STALE_TIME_MS,
    structuralSharing: shareList(merge, definition.complete),
    meta: { operationId },
  };
}

/** The page as servers should send it: cursors from its items, and no more to come where nothing is said of it. */
function checked<Item extends Listed>(operationId: OperationId, page: SentPage<Item>): Page<Item> {
  if (!Array.isArray(page.data)) {
    throw new AssistantsError(
      'protocol',
      `${operationId}: the answer has no list in 'data'. Check the base URL.`,
      {
        operation: operationId,
      },
    );
  }
  const { data } = page;
  return {
    ...page,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: page.has_more === true,
  };
}
