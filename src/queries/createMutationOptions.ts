import type { MutationFunctionContext, QueryKey } from '@tanstack/react-query';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { AssistantsClient } from '../client/AssistantsClient.js';
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
  meta: { operationId: OperationId };
}

/** Creates the options of a mutation. It does not retry, because the client does where that is safe. */
export function createMutationOptions<Data, Variables, OnMutateResult = unknown>(
  client: AssistantsClient,
  operationId: OperationId,
  mutationFn: (variables: Variables) => Promise<Data>,
  rule: CacheRule<Data, Variables, OnMutateResult> = {},
): OperationMutationOptions<Data, Variables, OnMutateResult> {
  return {
    mutationKey: keys.mutation(client.scope, operationId),
    mutationFn,
    retry: false,
    meta: { operationId },
    ...rule,
  };
}
