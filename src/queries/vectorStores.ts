import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { VectorStore, VectorStoreSearchResultsPage } from '../protocol/types.js';
import { removeFromLists, removeSubtree } from './cache/lists.js';
import { reuseIfEqual } from './cache/structuralSharing.js';
import { refreshVectorStore, writeVectorStore } from './cache/writeVectorStores.js';
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

/** Options for listing vector stores, newest first unless `query.order` is 'asc'. Version 2 only. Source: listVectorStores. */
export function listVectorStoresOptions(
  client: AssistantsClient,
  { query }: OperationParams<'listVectorStores'> = {},
): OperationInfiniteQueryOptions<VectorStore> {
  return createInfiniteQueryOptions('listVectorStores', {
    queryKey: keys.vectorStoreList(client.scope, query),
    query,
    fetchPage: (page, signal) => client.listVectorStores(page, { signal }),
  });
}

/**
 * Options for reading a vector store. Polls it while its files are being read, and refetches their lists when they were.
 * Version 2 only. Source: getVectorStore.
 */
export function getVectorStoreOptions(
  client: AssistantsClient,
  { vectorStoreId }: OperationParams<'getVectorStore'>,
): OperationQueryOptions<VectorStore> {
  const queryKey = keys.vectorStoreDetail(client.scope, vectorStoreId);
  const options = createQueryOptions<VectorStore>(
    'getVectorStore',
    queryKey,
    async ({ client: queryClient, signal }) => {
      const vectorStore = await client.getVectorStore({ vectorStoreId }, { signal });
      const before = queryClient.getQueryData<VectorStore>(queryKey);
      refreshVectorStore(queryClient, client.scope, before, vectorStore);
      return vectorStore;
    },
  );
  return {
    ...options,
    refetchInterval: ({ state: { data, error } }) =>
      getReadingInterval(data?.status === 'in_progress', error),
  };
}

/**
 * Options for creating a vector store. Writes it into its detail query and at its place in the lists. Version 2 only.
 * Source: createVectorStore.
 */
export function createVectorStoreOptions(
  client: AssistantsClient,
): OperationMutationOptions<VectorStore, OperationParams<'createVectorStore'>> {
  return createMutationOptions(client, 'createVectorStore', {
    onSuccess: (vectorStore, _params, _onMutateResult, context) =>
      writeVectorStore(context.client, client.scope, vectorStore),
  });
}

/**
 * Options for modifying a vector store. Writes the result into its detail query and the lists. Version 2 only.
 * Source: modifyVectorStore.
 */
export function modifyVectorStoreOptions(
  client: AssistantsClient,
): OperationMutationOptions<VectorStore, OperationParams<'modifyVectorStore'>> {
  return createMutationOptions(client, 'modifyVectorStore', {
    onSuccess: (vectorStore, _params, _onMutateResult, context) =>
      writeVectorStore(context.client, client.scope, vectorStore),
  });
}

/**
 * Options for deleting a vector store. Removes all its queries and its entry in the lists. The files themselves are not deleted.
 * Version 2 only. Source: deleteVectorStore.
 */
export function deleteVectorStoreOptions(
  client: AssistantsClient,
): OperationMutationOptions<
  OperationResult<'deleteVectorStore'>,
  OperationParams<'deleteVectorStore'>
> {
  return createMutationOptions(client, 'deleteVectorStore', {
    onSuccess(_deleted, { vectorStoreId }, _onMutateResult, { client: queryClient }) {
      removeSubtree(queryClient, keys.vectorStore(client.scope, vectorStoreId));
      removeFromLists(queryClient, keys.vectorStoreLists(client.scope), vectorStoreId);
    },
  });
}

/** Options for searching a vector store. `data` has the passages, best first. Version 2 only. Source: searchVectorStore. */
export function searchVectorStoreOptions(
  client: AssistantsClient,
  { vectorStoreId, body }: OperationParams<'searchVectorStore'>,
): OperationQueryOptions<VectorStoreSearchResultsPage> {
  return {
    queryKey: tagQueryKey<VectorStoreSearchResultsPage>(
      keys.vectorStoreSearch(client.scope, vectorStoreId, body),
    ),
    queryFn: ({ signal }) => client.searchVectorStore({ vectorStoreId, body }, { signal }),
    ...NETWORK_POLICY,
    staleTime: STALE_TIME_MS,
    structuralSharing: reuseIfEqual,
    meta: { operationId: 'searchVectorStore' },
  };
}
