import type { MutationFunctionContext, QueryKey } from '@tanstack/react-query';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationId } from '../protocol/types.js';
import * as keys from './keys.js';

/** What a mutation does to the cache. All of it is done when the mutation succeeds. */
export interface CacheRule<Data, Variables, Undo> {
  /** Before the request: what will be is shown. What it returns is given to the others. */
  onMutate?: (variables: Variables, context: MutationFunctionContext) => Undo | Promise<Undo>;
  onSuccess?: (
    data: Data,
    variables: Variables,
    undo: Undo,
    context: MutationFunctionContext,
  ) => unknown;
  onError?: (
    error: AssistantsError,
    variables: Variables,
    undo: Undo | undefined,
    context: MutationFunctionContext,
  ) => unknown;
}

/** What changes something: for useMutation. Each owns what the change does to the cache. */
export interface OperationMutationFactoryOptions<Data, Variables, Undo = unknown> extends CacheRule<
  Data,
  Variables,
  Undo
> {
  mutationKey: QueryKey;
  mutationFn: (variables: Variables) => Promise<Data>;
  retry: false;
  meta: { operationId: OperationId };
}

/** Puts together the options of a mutation. Never retries: the client does, where that is safe. */
export function createMutationOptions<Data, Variables, Undo = unknown>(
  client: AssistantsClient,
  operationId: OperationId,
  mutationFn: (variables: Variables) => Promise<Data>,
  rule: CacheRule<Data, Variables, Undo> = {},
): OperationMutationFactoryOptions<Data, Variables, Undo> {
  return {
    mutationKey: keys.mutation(client.scope, operationId),
    mutationFn,
    retry: false,
    meta: { operationId },
    ...rule,
  };
}
