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
 * Options of `useMutation` except the mutation function, the key and `onMutate`, which the hook sets. `onSuccess` and
 * `onError` are called after the cache is updated. An error that `onSuccess` throws is reported as an uncaught error,
 * and the mutation still succeeds.
 */
export type UseOperationMutationOptions<Data, Variables, OnMutateResult = unknown> = Omit<
  UseMutationOptions<Data, AssistantsError, Variables, OnMutateResult>,
  'mutationFn' | 'mutationKey' | 'onMutate'
>;

/** Calls `useMutation` with the options of an operation. */
export function useOperationMutation<Data, Variables, OnMutateResult>(
  mutation: OperationMutationOptions<Data, Variables, OnMutateResult>,
  { onSuccess, onError, ...options }: UseOperationMutationOptions<Data, Variables, OnMutateResult>,
): UseMutationResult<Data, AssistantsError, Variables, OnMutateResult> {
  return useMutation<Data, AssistantsError, Variables, OnMutateResult>({
    ...mutation,
    ...options,
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
