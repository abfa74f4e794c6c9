import {
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams } from '../../client/operations.js';
import type { VectorStoreFile, VectorStoreFileBatch } from '../../protocol/types.js';
import {
  cancelVectorStoreFileBatchOptions,
  createVectorStoreFileBatchOptions,
  getVectorStoreFileBatchOptions,
  listVectorStoreBatchFilesOptions,
} from '../../queries/vectorStoreFileBatches.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type UseOperationMutationOptions } from './useOperationMutation.js';

/** Reads a batch of files, and polls it while the files are being read. Version 2 only. Source: getVectorStoreFileBatch. */
export function useVectorStoreFileBatch<Selected = VectorStoreFileBatch>(
  params: MaybeOperationParams<'getVectorStoreFileBatch'>,
  options: UseOperationQueryOptions<VectorStoreFileBatch, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(
    useAssistantsClient('useVectorStoreFileBatch'),
    getVectorStoreFileBatchOptions,
    params,
    options,
  );
}

/**
 * Lists the files of a batch, newest first unless `query.order` is 'asc'. Polls while files are being read. Version 2
 * only. Source: listVectorStoreBatchFiles.
 */
export function useVectorStoreBatchFiles<Selected = VectorStoreFile[]>(
  params: MaybeOperationParams<'listVectorStoreBatchFiles'>,
  options: UseOperationInfiniteQueryOptions<VectorStoreFile, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useVectorStoreBatchFiles'),
    listVectorStoreBatchFilesOptions,
    params,
    options,
  );
}

/**
 * Adds several files to a vector store. Refetches the store and its files. Version 2 only.
 * Source: createVectorStoreFileBatch.
 */
export function useCreateVectorStoreFileBatch(
  options: UseOperationMutationOptions<
    VectorStoreFileBatch,
    OperationParams<'createVectorStoreFileBatch'>
  > = {},
): UseMutationResult<
  VectorStoreFileBatch,
  AssistantsError,
  OperationParams<'createVectorStoreFileBatch'>
> {
  return useOperationMutation(
    createVectorStoreFileBatchOptions(useAssistantsClient('useCreateVectorStoreFileBatch')),
    options,
  );
}

/** Cancels a batch of files. Refetches the store and its files. Version 2 only. Source: cancelVectorStoreFileBatch. */
export function useCancelVectorStoreFileBatch(
  options: UseOperationMutationOptions<
    VectorStoreFileBatch,
    OperationParams<'cancelVectorStoreFileBatch'>
  > = {},
): UseMutationResult<
  VectorStoreFileBatch,
  AssistantsError,
  OperationParams<'cancelVectorStoreFileBatch'>
> {
  return useOperationMutation(
    cancelVectorStoreFileBatchOptions(useAssistantsClient('useCancelVectorStoreFileBatch')),
    options,
  );
}
