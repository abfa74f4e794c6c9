import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { VectorStoreFile } from '../protocol/types.js';
import { removeFromLists, removeSubtree } from './cache/lists.js';
import { reuseIfEqual } from './cache/structuralSharing.js';
import { refetchVectorStore, writeVectorStoreFile } from './cache/writeVectorStores.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import { createMutationOptions, type OperationMutationOptions } from './createMutationOptions.js';
import {
  createQueryOptions,
  NETWORK_POLICY,
  type OperationQueryOptions,
  STALE_TIME_MS,
  tagQueryKey,
} from './createQueryOptions.js';
import { getReadingInterval } from './vectorStorePolling.js';

const isReading = ({ status }: VectorStoreFile): boolean => status === 'in_progress';

/**
 * Options for listing the files of a vector store, newest first unless `query.order` is 'asc'. Polls the list while it
 * shows files that are being read. Version 2 only. Source: listVectorStoreFiles.
 */
export function listVectorStoreFilesOptions(
  client: AssistantsClient,
  { vectorStoreId, query }: OperationParams<'listVectorStoreFiles'>,
): OperationInfiniteQueryOptions<VectorStoreFile> {
  const options = createInfiniteQueryOptions('listVectorStoreFiles', {
    queryKey: keys.vectorStoreFileList(client.scope, vectorStoreId, query),
    query,
    fetchPage: (page, signal) =>
      client.listVectorStoreFiles({ vectorStoreId, ...page }, { signal }),
  });
  return {
    ...options,
    refetchInterval: ({ state: { data, error } }) =>
      getReadingInterval(data?.pages.some((page) => page.data.some(isReading)) === true, error),
  };
}

/** Options for reading a file of a vector store. Polls it while it is being read. Version 2 only. Source: getVectorStoreFile. */
export function getVectorStoreFileOptions(
  client: AssistantsClient,
  { vectorStoreId, fileId }: OperationParams<'getVectorStoreFile'>,
): OperationQueryOptions<VectorStoreFile> {
  const options = createQueryOptions<VectorStoreFile>(
    'getVectorStoreFile',
    keys.vectorStoreFileDetail(client.scope, vectorStoreId, fileId),
    ({ signal }) => client.getVectorStoreFile({ vectorStoreId, fileId }, { signal }),
  );
  return {
    ...options,
    refetchInterval: ({ state: { data, error } }) =>
      getReadingInterval(data !== undefined && isReading(data), error),
  };
}

/**
 * Options for reading the text of a file, as searches see it. Version 2 only. Source: getVectorStoreFileContent.
 */
export function getVectorStoreFileContentOptions(
  client: AssistantsClient,
  { vectorStoreId, fileId }: OperationParams<'getVectorStoreFileContent'>,
): OperationQueryOptions<OperationResult<'getVectorStoreFileContent'>> {
  return {
    queryKey: tagQueryKey<OperationResult<'getVectorStoreFileContent'>>(
      keys.vectorStoreFileContent(client.scope, vectorStoreId, fileId),
    ),
    queryFn: ({ signal }) =>
      client.getVectorStoreFileContent({ vectorStoreId, fileId }, { signal }),
    ...NETWORK_POLICY,
    staleTime: STALE_TIME_MS,
    structuralSharing: reuseIfEqual,
    meta: { operationId: 'getVectorStoreFileContent' },
  };
}

/**
 * Options for adding a file to a vector store. Writes the file into its detail query and the lists, and refetches the
 * vector store. Version 2 only. Source: createVectorStoreFile.
 */
export function createVectorStoreFileOptions(
  client: AssistantsClient,
): OperationMutationOptions<VectorStoreFile, OperationParams<'createVectorStoreFile'>> {
  return createMutationOptions(client, 'createVectorStoreFile', {
    async onSuccess(file, { vectorStoreId }, _onMutateResult, { client: queryClient }) {
      writeVectorStoreFile(queryClient, client.scope, file);
      await refetchVectorStore(queryClient, client.scope, vectorStoreId);
    },
  });
}

/**
 * Options for modifying the attributes of a file. Writes the file into its detail query and the lists, and refetches searches and
 * the lists of batches.
 * Version 2 only. Source: modifyVectorStoreFile.
 */
export function modifyVectorStoreFileOptions(
  client: AssistantsClient,
): OperationMutationOptions<VectorStoreFile, OperationParams<'modifyVectorStoreFile'>> {
  return createMutationOptions(client, 'modifyVectorStoreFile', {
    async onSuccess(file, { vectorStoreId }, _onMutateResult, { client: queryClient }) {
      writeVectorStoreFile(queryClient, client.scope, file);
      const { scope } = client;
      const outdated = [
        keys.vectorStoreSearches(scope, vectorStoreId),
        // The batch of the file is not known.
        keys.vectorStoreFileBatches(scope, vectorStoreId),
      ];
      await Promise.all(outdated.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
  });
}

/**
 * Options for removing a file from a vector store. Removes its queries and its entry in the lists, and refetches the
 * vector store. The file itself is not deleted. Version 2 only. Source: deleteVectorStoreFile.
 */
export function deleteVectorStoreFileOptions(
  client: AssistantsClient,
): OperationMutationOptions<
  OperationResult<'deleteVectorStoreFile'>,
  OperationParams<'deleteVectorStoreFile'>
> {
  return createMutationOptions(client, 'deleteVectorStoreFile', {
    async onSuccess(_deleted, { vectorStoreId, fileId }, _onMutateResult, { client: queryClient }) {
      const { scope } = client;
      removeSubtree(queryClient, keys.vectorStoreFile(scope, vectorStoreId, fileId));
      removeFromLists(queryClient, keys.vectorStoreFileLists(scope, vectorStoreId), fileId);
      await refetchVectorStore(queryClient, scope, vectorStoreId);
    },
  });
}
