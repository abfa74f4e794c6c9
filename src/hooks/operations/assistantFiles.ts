import type {
  UseInfiniteQueryResult,
  UseMutationResult,
  UseQueryResult,
} from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams, OperationResult } from '../../client/operations.js';
import type { AssistantFile } from '../../protocol/types.js';
import {
  createAssistantFileOptions,
  deleteAssistantFileOptions,
  getAssistantFileOptions,
  listAssistantFilesOptions,
} from '../../queries/assistantFiles.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type UseOperationMutationOptions } from './useOperationMutation.js';

/**
 * Lists the files of an assistant, newest first unless `query.order` is 'asc'. Version 1 only. Source:
 * listAssistantFiles.
 */
export function useAssistantFiles<Selected = AssistantFile[]>(
  params: MaybeOperationParams<'listAssistantFiles'>,
  options: UseOperationInfiniteQueryOptions<AssistantFile, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useAssistantFiles'),
    listAssistantFilesOptions,
    params,
    options,
  );
}

/** Reads a file of an assistant. Version 1 only. Source: getAssistantFile. */
export function useAssistantFile<Selected = AssistantFile>(
  params: MaybeOperationParams<'getAssistantFile'>,
  options: UseOperationQueryOptions<AssistantFile, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(
    useAssistantsClient('useAssistantFile'),
    getAssistantFileOptions,
    params,
    options,
  );
}

/**
 * Attaches a file to an assistant. Writes it into the lists and the `file_ids` of the assistant. Version 1 only.
 * Source: createAssistantFile.
 */
export function useCreateAssistantFile(
  options: UseOperationMutationOptions<AssistantFile, OperationParams<'createAssistantFile'>> = {},
): UseMutationResult<AssistantFile, AssistantsError, OperationParams<'createAssistantFile'>> {
  return useOperationMutation(
    createAssistantFileOptions(useAssistantsClient('useCreateAssistantFile')),
    options,
  );
}

/**
 * Detaches a file from an assistant. Removes it from the lists and the `file_ids` of the assistant. The file itself is
 * not deleted. Version 1 only. Source: deleteAssistantFile.
 */
export function useDeleteAssistantFile(
  options: UseOperationMutationOptions<
    OperationResult<'deleteAssistantFile'>,
    OperationParams<'deleteAssistantFile'>
  > = {},
): UseMutationResult<
  OperationResult<'deleteAssistantFile'>,
  AssistantsError,
  OperationParams<'deleteAssistantFile'>
> {
  return useOperationMutation(
    deleteAssistantFileOptions(useAssistantsClient('useDeleteAssistantFile')),
    options,
  );
}
