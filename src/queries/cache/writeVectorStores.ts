import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { VectorStore, VectorStoreFile } from '../../protocol/types.js';
import * as keys from '../keys.js';
import { updateInLists, upsertInLists } from './lists.js';
import { preferIncoming } from './structuralSharing.js';
import { writeDetail } from './writeObjects.js';

/** Writes a vector store into its detail query and all lists. */
export function writeVectorStore(
  queryClient: QueryClient,
  scope: string,
  vectorStore: VectorStore,
): void {
  writeDetail(queryClient, keys.vectorStoreDetail(scope, vectorStore.id), vectorStore);
  upsertInLists(queryClient, keys.vectorStoreLists(scope), vectorStore);
}

/** Writes a file of a vector store into its detail query and the lists of its status. */
export function writeVectorStoreFile(
  queryClient: QueryClient,
  scope: string,
  file: VectorStoreFile,
): void {
  const { vector_store_id: vectorStoreId, id } = file;
  writeDetail(queryClient, keys.vectorStoreFileDetail(scope, vectorStoreId, id), file);
  upsertInLists(
    queryClient,
    keys.vectorStoreFileLists(scope, vectorStoreId),
    file,
    preferIncoming,
    (query) => query?.filter === undefined || query.filter === file.status,
  );
}

/**
 * Takes a polled vector store over into the lists, and refetches what has changed with its files: their lists, the
 * batches and the searches.
 */
export function refreshVectorStore(
  queryClient: QueryClient,
  scope: string,
  before: VectorStore | undefined,
  vectorStore: VectorStore,
): void {
  const hasChanged =
    before !== undefined &&
    JSON.stringify(before.file_counts) !== JSON.stringify(vectorStore.file_counts);
  if (!hasChanged) return;
  updateInLists<VectorStore>(
    queryClient,
    keys.vectorStoreLists(scope),
    vectorStore.id,
    () => vectorStore,
  );
  void refetchFiles(queryClient, scope, vectorStore.id);
}

/**
 * Refetches what depends on the files of a vector store, after they were changed: the store itself, and all lists and
 * searches.
 */
export async function refetchVectorStore(
  queryClient: QueryClient,
  scope: string,
  vectorStoreId: string,
): Promise<void> {
  const refetch = (queryKey: QueryKey) => queryClient.invalidateQueries({ queryKey });
  await Promise.all([
    refetch(keys.vectorStoreDetail(scope, vectorStoreId)),
    refetch(keys.vectorStoreLists(scope)),
    refetchFiles(queryClient, scope, vectorStoreId),
  ]);
}

/** Removes a deleted file from all vector stores, and refetches these. */
export async function removeFromVectorStores(
  queryClient: QueryClient,
  scope: string,
  fileId: string,
): Promise<void> {
  const queryKey = keys.vectorStores(scope);
  const isOfFile = (key: QueryKey) => {
    const vectorStoreId = key[queryKey.length + 1];
    if (typeof vectorStoreId !== 'string') return false;
    const fileKey = keys.vectorStoreFile(scope, vectorStoreId, fileId);
    return fileKey.every((part, index) => part === key[index]);
  };
  queryClient.removeQueries({ queryKey, predicate: (query) => isOfFile(query.queryKey) });
  await queryClient.invalidateQueries({ queryKey });
}

async function refetchFiles(
  queryClient: QueryClient,
  scope: string,
  vectorStoreId: string,
): Promise<void> {
  const refetch = (queryKey: QueryKey) => queryClient.invalidateQueries({ queryKey });
  await Promise.all([
    queryClient.invalidateQueries({
      queryKey: keys.vectorStoreFiles(scope, vectorStoreId),
      // The text of a file never changes.
      predicate: ({ queryKey }) => queryKey.at(-1) !== 'content',
    }),
    refetch(keys.vectorStoreFileBatches(scope, vectorStoreId)),
    refetch(keys.vectorStoreSearches(scope, vectorStoreId)),
  ]);
}
