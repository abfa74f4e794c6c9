import {
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams, OperationResult } from '../../client/operations.js';
import type { VectorStoreFile } from '../../protocol/types.js';
import {
  createVectorStoreFileOptions,
  deleteVectorStoreFileOptions,
  getVectorStoreFileOptions,
  getVectorStoreFileContentOptions,
  listVectorStoreFilesOptions,
  modifyVectorStoreFileOptions,
} from '../../queries/vectorStoreFiles.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type UseOperationMutationOptions } from './useOperationMutation.js';

/**
 * Lists the files of a vector store, newest first unless `query.order` is 'asc'. Polls while files are being read.
 * Version 2 only. Source: listVectorStoreFiles.
 */
export function useVectorStoreFiles<Selected = VectorStoreFile[]>(
  params: MaybeOperationParams<'listVectorStoreFiles'>,
  options: UseOperationInfiniteQueryOptions<VectorStoreFile, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useVectorStoreFiles'),
    listVectorStoreFilesOptions,
    params,
    options,
  );
}

/** Reads a file of a vector store, and polls it while it is being read. Version 2 only. Source: getVectorStoreFile. */
export function useVectorStoreFile<Selected = VectorStoreFile>(
  params: MaybeOperationParams<'getVectorStoreFile'>,
  options: UseOperationQueryOptions<VectorStoreFile, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(
    useAssistantsClient('useVectorStoreFile'),
    getVectorStoreFileOptions,
    params,
    options,
  );
}

/**
 * Adds a file to a vector store. Writes it into the lists, and refetches the vector store. Version 2 only.
 * Source: createVectorStoreFile.
 */
export function useCreateVectorStoreFile(
  options: UseOperationMutationOptions<
    VectorStoreFile,
    OperationParams<'createVectorStoreFile'>
  > = {},
): UseMutationResult<VectorStoreFile, AssistantsError, OperationParams<'createVectorStoreFile'>> {
  return useOperationMutation(
    createVectorStoreFileOptions(useAssistantsClient('useCreateVectorStoreFile')),
    options,
  );
}

/**
 * Modifies the attributes of a file. Writes it into the lists, and refetches searches. Version 2 only.
 * Source: modifyVectorStoreFile.
 */
export function useModifyVectorStoreFile(
  options: UseOperationMutationOptions<
    VectorStoreFile,
    OperationParams<'modifyVectorStoreFile'>
  > = {},
): UseMutationResult<VectorStoreFile, AssistantsError, OperationParams<'modifyVectorStoreFile'>> {
  return useOperationMutation(
    modifyVectorStoreFileOptions(useAssistantsClient('useModifyVectorStoreFile')),
    options,
  );
}

/**
 * Removes a file from a vector store, and refetches the store. The file itself is not deleted. Version 2 only.
 * Source: deleteVectorStoreFile.
 */
export function useDeleteVectorStoreFile(
  options: UseOperationMutationOptions<
    OperationResult<'deleteVectorStoreFile'>,
    OperationParams<'deleteVectorStoreFile'>
  > = {},
): UseMutationResult<
  OperationResult<'deleteVectorStoreFile'>,
  AssistantsError,
  OperationParams<'deleteVectorStoreFile'>
> {
  return useOperationMutation(
    deleteVectorStoreFileOptions(useAssistantsClient('useDeleteVectorStoreFile')),
    options,
  );
}

/** Reads the text of a file, as searches see it. Version 2 only. Source: getVectorStoreFileContent. */
export function useVectorStoreFileContent<Selected = OperationResult<'getVectorStoreFileContent'>>(
  params: MaybeOperationParams<'getVectorStoreFileContent'>,
  options: UseOperationQueryOptions<OperationResult<'getVectorStoreFileContent'>, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(
    useAssistantsClient('useVectorStoreFileContent'),
    getVectorStoreFileContentOptions,
    params,
    options,
  );
}
