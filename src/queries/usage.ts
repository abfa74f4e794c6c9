import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams } from '../client/operations.js';
import type { UsageDay } from '../protocol/types.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import * as keys from './keys.js';

/**
 * Options for listing the tokens of the user by day, newest first unless `query.order` is 'asc'. An extension of the API, which
 * not every server has. Source: listUsage.
 */
export function listUsageOptions(
  client: AssistantsClient,
  { query }: OperationParams<'listUsage'> = {},
): OperationInfiniteQueryOptions<UsageDay> {
  return createInfiniteQueryOptions('listUsage', {
    queryKey: keys.usageList(client.scope, query),
    query,
    fetchPage: (page, signal) => client.listUsage(page, { signal }),
  });
}
