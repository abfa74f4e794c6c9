import type {
  DataTag,
  QueryFunction,
  QueryFunctionContext,
  QueryKey,
  UseQueryOptions,
} from '@tanstack/react-query';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { OperationId } from '../protocol/types.js';
import { createDetailSharing, preferIncoming, type Merge } from './cache/structuralSharing.js';
import type { Listed } from './cache/pages.js';

/** Time for which data is fresh. Data of a server-rendered page is not fetched again during hydration. */
export const STALE_TIME_MS = 10_000;

/**
 * Requests are sent while the browser is offline: the server may be in the page or on the same machine, and a query that waits
 * for the network would look empty. Queries do not retry, because the client does.
 */
export const NETWORK_POLICY = {
  retry: false,
  networkMode: 'always',
  refetchOnReconnect: true,
} as const;

/** Type of `NETWORK_POLICY`, for options that are passed to TanStack Query. */
export type NetworkPolicy = typeof NETWORK_POLICY;

type Base<Data> = UseQueryOptions<Data, AssistantsError, Data, QueryKey>;

/**
 * Options of a query for one object, for `useQuery`, `useSuspenseQuery`, `useQueries`, `queryClient.query` and the
 * other functions of TanStack Query.
 */
export interface OperationQueryOptions<Data>
  extends
    NetworkPolicy,
    Pick<Base<Data>, 'refetchInterval' | 'refetchIntervalInBackground' | 'refetchOnWindowFocus'> {
  queryKey: DataTag<QueryKey, Data, AssistantsError>;
  queryFn: QueryFunction<Data, QueryKey>;
  staleTime: NonNullable<Base<Data>['staleTime']>;
  structuralSharing: NonNullable<Base<Data>['structuralSharing']>;
  meta: { operationId: OperationId };
}

/**
 * Creates the options of a query.
 *
 * @param merge Returns the newer of the cached and the fetched object. @default the fetched object
 */
export function createQueryOptions<Data extends Listed>(
  operationId: OperationId,
  queryKey: QueryKey,
  queryFn: (context: QueryFunctionContext) => Promise<Data>,
  merge: Merge<Data> = preferIncoming,
): OperationQueryOptions<Data> {
  return {
    queryKey: tagQueryKey(queryKey),
    queryFn,
    ...NETWORK_POLICY,
    staleTime: STALE_TIME_MS,
    structuralSharing: createDetailSharing(merge),
    meta: { operationId },
  };
}

/** Tags a query key with the type of its data. */
export function tagQueryKey<Data>(queryKey: QueryKey): DataTag<QueryKey, Data, AssistantsError> {
  // The tag exists for the compiler only. At run time, the result is the key.
  return queryKey as DataTag<QueryKey, Data, AssistantsError>;
}
