import type { UseInfiniteQueryResult, UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { AssistantsError } from '../client/errors.js';
import type { Params, Result } from '../client/operations.js';
import type { AssistantFile } from '../protocol/types.js';
import {
  createAssistantFileOptions,
  deleteAssistantFileOptions,
  getAssistantFileOptions,
  listAssistantFilesOptions,
} from '../queries/assistantFiles.js';
import type { MaybeParams } from './params.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useList, type ListHookOptions } from './useList.js';
import { useRead, type ReadHookOptions } from './useRead.js';
import { useWrite, type WriteHookOptions } from './useWrite.js';

/** listAssistantFiles (version 1): newest first unless the query says otherwise. */
export function useAssistantFiles<Selected = AssistantFile[]>(
  params: MaybeParams<'listAssistantFiles'>,
  options: ListHookOptions<AssistantFile, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useList(useAssistantsClient('useAssistantFiles'), listAssistantFilesOptions, params, options);
}

/** getAssistantFile (version 1). */
export function useAssistantFile<Selected = AssistantFile>(
  params: MaybeParams<'getAssistantFile'>,
  options: ReadHookOptions<AssistantFile, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  return useRead(useAssistantsClient('useAssistantFile'), getAssistantFileOptions, params, options);
}

/** createAssistantFile (version 1): into the lists and the assistant's `file_ids`. */
export function useCreateAssistantFile(
  options: WriteHookOptions<AssistantFile, Params<'createAssistantFile'>> = {},
): UseMutationResult<AssistantFile, AssistantsError, Params<'createAssistantFile'>> {
  return useWrite(createAssistantFileOptions(useAssistantsClient('useCreateAssistantFile')), options);
}

/** deleteAssistantFile (version 1): out of the lists and the assistant's `file_ids`. The file itself stays. */
export function useDeleteAssistantFile(
  options: WriteHookOptions<Result<'deleteAssistantFile'>, Params<'deleteAssistantFile'>> = {},
): UseMutationResult<Result<'deleteAssistantFile'>, AssistantsError, Params<'deleteAssistantFile'>> {
  return useWrite(deleteAssistantFileOptions(useAssistantsClient('useDeleteAssistantFile')), options);
}
