import {
  skipToken,
  useQuery,
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationQueryFactoryOptions } from '../../queries/createQueryOptions.js';
import { hasIds, type WithMaybeIds } from './params.js';

/** What TanStack's useQuery takes, but for the key and the function. */
export type OperationQueryOptions<Data, Selected = Data> = Omit<
  UseQueryOptions<Data, AssistantsError, Selected, QueryKey>,
  'queryKey' | 'queryFn'
>;

/** useQuery over the options of one operation; nothing is sent while an id is missing. */
export function useOperationQuery<Params extends object, Data, Selected>(
  client: AssistantsClient,
  factory: (client: AssistantsClient, params: Params) => OperationQueryFactoryOptions<Data>,
  params: WithMaybeIds<Params>,
  options: OperationQueryOptions<Data, Selected>,
): UseQueryResult<Selected, AssistantsError> {
  // Only what is sent needs the ids.
  const read = factory(client, params as Params);
  return useQuery<Data, AssistantsError, Selected>({
    ...read,
    ...(!hasIds(params) && { queryFn: skipToken }),
    ...options,
  });
}
