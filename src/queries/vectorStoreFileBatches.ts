import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams } from '../client/operations.js';
import type { VectorStoreFile, VectorStoreFileBatch } from '../protocol/types.js';
import { writeDetail } from './cache/writeObjects.js';
import { refetchVectorStore } from './cache/writeVectorStores.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import { createMutationOptions, type OperationMutationOptions } from './createMutationOptions.js';
import { createQueryOptions, type OperationQueryOptions } from './createQueryOptions.js';
import { getReadingInterval } from './vectorStorePolling.js';

/** Options for reading a batch. Polls it while its files are being read. Version 2 only. Source: getVectorStoreFileBatch. */
export function getVectorStoreFileBatchOptions(
  client: AssistantsClient,
  { vectorStoreId, batchId }: OperationParams<'getVectorStoreFileBatch'>,
): OperationQueryOptions<VectorStoreFileBatch> {
  const options = createQueryOptions<VectorStoreFileBatch>(
    'getVectorStoreFileBatch',
    keys.vectorStoreFileBatchDetail(client.scope, vectorStoreId, batchId),
    ({ signal }) => client.getVectorStoreFileBatch({ vectorStoreId, batchId }, { signal }),
  );
  return {
    ...options,
    refetchInterval: ({ state: { data, error } }) =>
      getReadingInterval(data?.status === 'in_progress', error),
  };
}

/**
 * Options for listing the files of a batch, newest first unless `query.order` is 'asc'. Polls the list while it shows
 * files that are being read. Version 2 only. Source: listVectorStoreBatchFiles.
 */
export function listVectorStoreBatchFilesOptions(
  client: AssistantsClient,
  { vectorStoreId, batchId, query }: OperationParams<'listVectorStoreBatchFiles'>,
): OperationInfiniteQueryOptions<VectorStoreFile> {
  const options = createInfiniteQueryOptions('listVectorStoreBatchFiles', {
    queryKey: keys.vectorStoreBatchFileList(client.scope, vectorStoreId, batchId, query),
    query,
    fetchPage: (page, signal) =>
      client.listVectorStoreBatchFiles({ vectorStoreId, batchId, ...page }, { signal }),
  });
  return {
    ...options,
    refetchInterval: ({ state: { data, error } }) =>
      getReadingInterval(
        data?.pages.some((page) => page.data.some(({ status }) => status === 'in_progress')) ===
          true,
        error,
      ),
  };
}

/**
 * Options for adding several files to a vector store. Writes the batch into its detail query, and refetches the vector
 * store and its files. Version 2 only. Source: createVectorStoreFileBatch.
 */
export function createVectorStoreFileBatchOptions(
  client: AssistantsClient,
): OperationMutationOptions<VectorStoreFileBatch, OperationParams<'createVectorStoreFileBatch'>> {
  return createMutationOptions(client, 'createVectorStoreFileBatch', {
    onSuccess: (batch, { vectorStoreId }, _onMutateResult, { client: queryClient }) =>
      writeBatch(queryClient, client.scope, vectorStoreId, batch),
  });
}

/**
 * Options for cancelling a batch. Writes the batch into its detail query, and refetches the vector store and its files.
 * Version 2 only. Source: cancelVectorStoreFileBatch.
 */
export function cancelVectorStoreFileBatchOptions(
  client: AssistantsClient,
): OperationMutationOptions<VectorStoreFileBatch, OperationParams<'cancelVectorStoreFileBatch'>> {
  return createMutationOptions(client, 'cancelVectorStoreFileBatch', {
    onSuccess: (batch, { vectorStoreId }, _onMutateResult, { client: queryClient }) =>
      writeBatch(queryClient, client.scope, vectorStoreId, batch),
  });
}

/** Writes a batch into its detail query, and refetches the vector store and its files. */
async function writeBatch(
  queryClient: QueryClient,
  scope: string,
  vectorStoreId: string,
  batch: VectorStoreFileBatch,
): Promise<void> {
  writeDetail(queryClient, keys.vectorStoreFileBatchDetail(scope, vectorStoreId, batch.id), batch);
  await refetchVectorStore(queryClient, scope, vectorStoreId);
}
