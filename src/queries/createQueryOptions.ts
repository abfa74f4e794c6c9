import type {
  DataTag,
  QueryFunction,
  QueryFunctionContext,
  QueryKey,
  UseQueryOptions,
} from '@tanstack/react-query';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { OperationId } from '../protocol/types.js';
import { shareDetail, preferIncoming, type Merge } from './cache/structuralSharing.js';
import type { Listed } from './cache/pages.js';

/** How long what was fetched counts as fresh: a page rendered on a server is not fetched again when it is hydrated. */
export const STALE_TIME_MS = 10_000;

type Base<Data> = UseQueryOptions<Data, AssistantsError, Data, QueryKey>;

/** What reads one object: for useQuery, useSuspenseQuery, useQueries, `queryClient.query` and the like. */
export interface OperationQueryFactoryOptions<Data> extends Pick<
  Base<Data>,
  'refetchInterval' | 'refetchIntervalInBackground' | 'refetchOnWindowFocus'
> {
  queryKey: DataTag<QueryKey, Data, AssistantsError>;
  queryFn: QueryFunction<Data, QueryKey>;
  retry: false;
  staleTime: NonNullable<Base<Data>['staleTime']>;
  structuralSharing: NonNullable<Base<Data>['structuralSharing']>;
  meta: { operationId: OperationId };
}

/** Puts together the options of a query. Never retries: the client has done so. */
export function createQueryOptions<Data extends Listed>(
  operationId: OperationId,
  queryKey: QueryKey,
  queryFn: (context: QueryFunctionContext) => Promise<Data>,
  merge: Merge<Data> = preferIncoming,
): OperationQueryFactoryOptions<Data> {
  return {
    queryKey: tagged(queryKey),
    queryFn,
    retry: false,
    staleTime: STALE_TIME_MS,
    structuralSharing: shareDetail(merge),
    meta: { operationId },
  };
}

/** A key that knows the type of its data. The tag is for the compiler only: at run time it is the key. */
export function tagged<Data>(queryKey: QueryKey): DataTag<QueryKey, Data, AssistantsError> {
  return queryKey as DataTag<QueryKey, Data, AssistantsError>;
}
