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
  type OperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type OperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type OperationMutationOptions } from './useOperationMutation.js';

/** listAssistantFiles (version 1): newest first unless the query says otherwise. */
export function useAssistantFiles<Selected = AssistantFile[]>(
  params: MaybeOperationParams<'listAssistantFiles'>,
  options: OperationInfiniteQueryOptions<AssistantFile, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useAssistantFiles'),
    listAssistantFilesOptions,
    params,
    options,
  );
}

/** getAssistantFile (version 1). */
export function useAssistantFile<Selected = AssistantFile>(
  params: MaybeOperationParams<'getAssistantFile'>,
  options: OperationQueryOptions<AssistantFile, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useOperationQuery(
    useAssistantsClient('useAssistantFile'),
    getAssistantFileOptions,
    params,
    options,
  );
}

/** createAssistantFile (version 1): into the lists and the assistant's `file_ids`. */
export function useCreateAssistantFile(
  options: OperationMutationOptions<AssistantFile, OperationParams<'createAssistantFile'>> = {},
): UseMutationResult<AssistantFile, AssistantsError, OperationParams<'createAssistantFile'>> {
  return useOperationMutation(
    createAssistantFileOptions(useAssistantsClient('useCreateAssistantFile')),
    options,
  );
}

/** deleteAssistantFile (version 1): out of the lists and the assistant's `file_ids`. The file itself stays. */
export function useDeleteAssistantFile(
  options: OperationMutationOptions<
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
