import type { MutationFunctionContext, QueryKey } from '@tanstack/react-query';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { OperationId } from '../protocol/types.js';
import * as keys from './keys.js';

/** Cache updates of a mutation. The mutation succeeds after all of them are done. */
export interface CacheRule<Data, Variables, OnMutateResult> {
  /** Called before the request, for optimistic updates. The other callbacks receive the result. */
  onMutate?: (
    variables: Variables,
    context: MutationFunctionContext,
  ) => OnMutateResult | Promise<OnMutateResult>;
  onSuccess?: (
    data: Data,
    variables: Variables,
    onMutateResult: OnMutateResult,
    context: MutationFunctionContext,
  ) => unknown;
  onError?: (
    error: AssistantsError,
    variables: Variables,
    onMutateResult: OnMutateResult | undefined,
    context: MutationFunctionContext,
  ) => unknown;
}

/** Options of a mutation, for `useMutation`. They include the cache updates. */
export interface OperationMutationOptions<
  Data,
  Variables,
  OnMutateResult = unknown,
> extends CacheRule<Data, Variables, OnMutateResult> {
  mutationKey: QueryKey;
  mutationFn: (variables: Variables) => Promise<Data>;
  retry: false;
  networkMode: 'always';
  meta: { operationId: OperationId };
}

/**
 * Creates the options of the mutation that sends an operation. It does not retry, because the client does where that is safe, and
 * does not wait for the network, because the server may be in the page.
 */
export function createMutationOptions<Id extends OperationId, OnMutateResult = unknown>(
  client: AssistantsClient,
  operationId: Id,
  rule: CacheRule<OperationResult<Id>, OperationParams<Id>, OnMutateResult>,
): OperationMutationOptions<OperationResult<Id>, OperationParams<Id>, OnMutateResult> {
  // The compiler does not see that parameters and result belong to the same operation.
  const send = client[operationId] as unknown as (
    params: OperationParams<Id>,
  ) => Promise<OperationResult<Id>>;
  return {
    mutationKey: keys.mutation(client.scope, operationId),
    mutationFn: (params) => send(params),
    retry: false,
    networkMode: 'always',
    meta: { operationId },
    ...rule,
  };
}
