import { skipToken, useQuery, type QueryKey, type SkipToken, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import type { AssistantsClient } from '../client/client.js';
import type { AssistantsError } from '../client/errors.js';
import type { Params } from '../client/operations.js';
import type { OperationId } from '../protocol/types.js';
import * as keys from '../queries/keys.js';
import type { ReadOptions } from '../queries/readOptions.js';
import { hasIds, type MaybeParams } from './params.js';

/** What TanStack's useQuery takes, but for the key and the function. */
export type ReadHookOptions<Data, Selected = Data> = Omit<
  UseQueryOptions<Data, AssistantsError, Selected, QueryKey>,
  'queryKey' | 'queryFn'
>;

/** useQuery over the options of one operation; nothing is sent while an id is missing. */
export function useRead<Id extends OperationId, Data extends object, Selected>(
  client: AssistantsClient,
  operationId: Id,
  factory: (client: AssistantsClient, params: Params<Id>) => ReadOptions<Data>,
  params: MaybeParams<Id>,
  options: ReadHookOptions<Data, Selected>,
): UseQueryResult<Selected, AssistantsError> {
  const skipped: { queryKey: QueryKey; queryFn: SkipToken } = {
    queryKey: keys.disabled(client.scope, operationId),
    queryFn: skipToken,
  };
  const read = hasIds(operationId, params) ? factory(client, params) : skipped;
  return useQuery<Data, AssistantsError, Selected>({ ...read, ...options });
}
