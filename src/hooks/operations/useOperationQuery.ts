import {
  useQuery,
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationQueryOptions } from '../../queries/createQueryOptions.js';
import { hasIds, type WithMaybeIds } from './params.js';

/** Options of `useQuery` except the key and the query function, which the hook sets. */
export type UseOperationQueryOptions<Data, Selected = Data> = Omit<
  UseQueryOptions<Data, AssistantsError, Selected, QueryKey>,
  'queryKey' | 'queryFn'
>;

/** Calls `useQuery` with the options of an operation. Requests nothing while an id is null or undefined. */
export function useOperationQuery<Params extends object, Data, Selected>(
  client: AssistantsClient,
  factory: (client: AssistantsClient, params: Params) => OperationQueryOptions<Data>,
  params: WithMaybeIds<Params>,
  options: UseOperationQueryOptions<Data, Selected>,
): UseQueryResult<Selected, AssistantsError> {
  // While an id is missing, `refetch` rejects with the error of the client that names it.
  const query = factory(client, params as Params);
  return useQuery<Data, AssistantsError, Selected>({
    ...query,
    ...options,
    ...(!hasIds(params) && { enabled: false }),
  });
}
