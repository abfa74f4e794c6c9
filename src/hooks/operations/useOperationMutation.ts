import {
  useMutation,
  type MutationFunctionContext,
  type UseMutationOptions,
  type UseMutationResult,
} from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationMutationFactoryOptions } from '../../queries/createMutationOptions.js';

/**
 * What TanStack's useMutation takes, but for the function and `onMutate`, which belong to the cache rule of the operation.
 * The callbacks run when the rule is done with the cache.
 */
export type OperationMutationOptions<Data, Variables, Undo = unknown> = Omit<
  UseMutationOptions<Data, AssistantsError, Variables, Undo>,
  'mutationFn' | 'mutationKey' | 'onMutate'
>;

/** useMutation over the options of one operation. */
export function useOperationMutation<Data, Variables, Undo>(
  write: OperationMutationFactoryOptions<Data, Variables, Undo>,
  { onSuccess, onError, ...options }: OperationMutationOptions<Data, Variables, Undo>,
): UseMutationResult<Data, AssistantsError, Variables, Undo> {
  return useMutation<Data, AssistantsError, Variables, Undo>({
    ...write,
    ...options,
    async onSuccess(
      data: Data,
      variables: Variables,
      undo: Undo,
      context: MutationFunctionContext,
    ) {
      await write.onSuccess?.(data, variables, undo, context);
      try {
        await onSuccess?.(data, variables, undo, context);
      } catch (error) {
        // The server has done it: what the app's callback throws is no failure of the mutation, which would be taken back.
        void Promise.reject(error);
      }
    },
    async onError(
      error: AssistantsError,
      variables: Variables,
      undo: Undo | undefined,
      context: MutationFunctionContext,
    ) {
      await write.onError?.(error, variables, undo, context);
      await onError?.(error, variables, undo, context);
    },
  });
}
