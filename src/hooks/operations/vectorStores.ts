import {
  useQueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams, OperationResult } from '../../client/operations.js';
import type { VectorStore, VectorStoreSearchResultsPage } from '../../protocol/types.js';
import {
  createVectorStoreOptions,
  deleteVectorStoreOptions,
  getVectorStoreOptions,
  listVectorStoresOptions,
  modifyVectorStoreOptions,
  searchVectorStoreOptions,
} from '../../queries/vectorStores.js';
import * as keys from '../../queries/keys.js';
import { seedFromLists } from '../../queries/cache/lists.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type UseOperationMutationOptions } from './useOperationMutation.js';

/** Lists vector stores, newest first unless `query.order` is 'asc'. Version 2 only. Source: listVectorStores. */
export function useVectorStores<Selected = VectorStore[]>(
  params: MaybeOperationParams<'listVectorStores'> = {},
  options: UseOperationInfiniteQueryOptions<VectorStore, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useVectorStores'),
    listVectorStoresOptions,
    params,
    options,
  );
}

/**
 * Reads a vector store, and polls it while its files are being read. Starts with the item of a cached list, if one has
 * it. Version 2 only. Source: getVectorStore.
 */
export function useVectorStore<Selected = VectorStore>(
  params: MaybeOperationParams<'getVectorStore'>,
  options: UseOperationQueryOptions<VectorStore, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useVectorStore');
  const seed = seedFromLists<VectorStore>(
    useQueryClient(),
    keys.vectorStoreLists(client.scope),
    params.vectorStoreId,
  );
  return useOperationQuery(client, getVectorStoreOptions, params, { ...seed, ...options });
}

/**
 * Creates a vector store. Writes it into the cache of `useVectorStore` and at its place in the lists. Version 2 only.
 * Source: createVectorStore.
 */
export function useCreateVectorStore(
  options: UseOperationMutationOptions<VectorStore, OperationParams<'createVectorStore'>> = {},
): UseMutationResult<VectorStore, AssistantsError, OperationParams<'createVectorStore'>> {
  return useOperationMutation(
    createVectorStoreOptions(useAssistantsClient('useCreateVectorStore')),
    options,
  );
}

/**
 * Modifies a vector store. Writes the result into the cache of `useVectorStore` and the lists. Version 2 only.
 * Source: modifyVectorStore.
 */
export function useModifyVectorStore(
  options: UseOperationMutationOptions<VectorStore, OperationParams<'modifyVectorStore'>> = {},
): UseMutationResult<VectorStore, AssistantsError, OperationParams<'modifyVectorStore'>> {
  return useOperationMutation(
    modifyVectorStoreOptions(useAssistantsClient('useModifyVectorStore')),
    options,
  );
}

/**
 * Deletes a vector store, but not its files. Removes it from the cache and the lists. Version 2 only.
 * Source: deleteVectorStore.
 */
export function useDeleteVectorStore(
  options: UseOperationMutationOptions<
    OperationResult<'deleteVectorStore'>,
    OperationParams<'deleteVectorStore'>
  > = {},
): UseMutationResult<
  OperationResult<'deleteVectorStore'>,
  AssistantsError,
  OperationParams<'deleteVectorStore'>
> {
  return useOperationMutation(
    deleteVectorStoreOptions(useAssistantsClient('useDeleteVectorStore')),
    options,
  );
}

/**
 * Searches a vector store. `data.data` has the passages, best first. Set `enabled: false` while the query is empty.
 * Version 2 only. Source: searchVectorStore.
 */
export function useVectorStoreSearch<Selected = VectorStoreSearchResultsPage>(
  params: MaybeOperationParams<'searchVectorStore'>,
  options: UseOperationQueryOptions<VectorStoreSearchResultsPage, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(
    useAssistantsClient('useVectorStoreSearch'),
    searchVectorStoreOptions,
    params,
    options,
  );
}
