import {
  useMutation,
  type MutationFunctionContext,
  type UseMutationOptions,
  type UseMutationResult,
} from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import { reportError } from '../../common/reportError.js';
import type { OperationMutationOptions } from '../../queries/createMutationOptions.js';

/**
 * Options of `useMutation` except the mutation function and the key, which the hook sets. `onSuccess` and `onError` are
 * called after the cache is updated. An error that `onSuccess` throws is reported as an uncaught error, and the mutation
 * still succeeds.
 */
export type UseOperationMutationOptions<Data, Variables, OnMutateResult = unknown> = Omit<
  UseMutationOptions<Data, AssistantsError, Variables, OnMutateResult>,
  'mutationFn' | 'mutationKey' | 'onMutate'
> & {
  /**
   * Called before the optimistic update of the hook. An error that it throws rejects the mutation, and nothing is sent.
   * Its result is ignored: the other callbacks receive the result of the hook's own update, which it needs to roll back.
   */
  onMutate?: (variables: Variables, context: MutationFunctionContext) => unknown;
};

/** Calls `useMutation` with the options of an operation. */
export function useOperationMutation<Data, Variables, OnMutateResult>(
  mutation: OperationMutationOptions<Data, Variables, OnMutateResult>,
  {
    onMutate,
    onSuccess,
    onError,
    ...options
  }: UseOperationMutationOptions<Data, Variables, OnMutateResult>,
): UseMutationResult<Data, AssistantsError, Variables, OnMutateResult> {
  return useMutation<Data, AssistantsError, Variables, OnMutateResult>({
    ...mutation,
    ...options,
    ...(onMutate && {
      async onMutate(variables: Variables, context: MutationFunctionContext) {
        await onMutate(variables, context);
        // Without an update of its own, the hook has no result.
        return (await mutation.onMutate?.(variables, context)) as OnMutateResult;
      },
    }),
    async onSuccess(
      data: Data,
      variables: Variables,
      onMutateResult: OnMutateResult,
      context: MutationFunctionContext,
    ) {
      await mutation.onSuccess?.(data, variables, onMutateResult, context);
      try {
        await onSuccess?.(data, variables, onMutateResult, context);
      } catch (error) {
        // The server has made the change. A mutation that fails now would be rolled back.
        reportError(error);
      }
    },
    async onError(
      error: AssistantsError,
      variables: Variables,
      onMutateResult: OnMutateResult | undefined,
      context: MutationFunctionContext,
    ) {
      await mutation.onError?.(error, variables, onMutateResult, context);
      await onError?.(error, variables, onMutateResult, context);
    },
  });
}
