import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { UsageDay } from '../../protocol/types.js';
import { listUsageOptions } from '../../queries/usage.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import type { MaybeOperationParams } from './params.js';
import {
  useOperationInfiniteQuery,
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';

/**
 * Lists the tokens of the user by day, newest first unless `query.order` is 'asc'. Days without a run are left out.
 * `fetchNextPage` loads the next page. An extension of the API: on servers without it, `error` has the kind 'unsupported'.
 * Source: listUsage.
 */
export function useUsage<Selected = UsageDay[]>(
  params: MaybeOperationParams<'listUsage'> = {},
  options: UseOperationInfiniteQueryOptions<UsageDay, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useUsage'),
    listUsageOptions,
    params,
    options,
  );
}
