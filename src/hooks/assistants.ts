import { useQueryClient, type UseInfiniteQueryResult, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { AssistantsError } from '../client/errors.js';
import type { Params, Result } from '../client/operations.js';
import type { Assistant } from '../protocol/types.js';
import {
  createAssistantOptions,
  deleteAssistantOptions,
  getAssistantOptions,
  listAssistantsOptions,
  modifyAssistantOptions,
} from '../queries/assistants.js';
import * as keys from '../queries/keys.js';
import { seededFrom } from '../queries/lists.js';
import type { MaybeParams } from './params.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useList, type ListHookOptions } from './useList.js';
import { useRead, type ReadHookOptions } from './useRead.js';
import { useWrite, type WriteHookOptions } from './useWrite.js';

/** listAssistants: newest first unless the query says otherwise. */
export function useAssistants<Selected = Assistant[]>(
  params: MaybeParams<'listAssistants'> = {},
  options: ListHookOptions<Assistant, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useList(useAssistantsClient('useAssistants'), listAssistantsOptions, params, options);
}

/** getAssistant; shown from a list that holds it until it is there. */
export function useAssistant<Selected = Assistant>(
  params: MaybeParams<'getAssistant'>,
  options: ReadHookOptions<Assistant, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useAssistant');
  const seed = seededFrom<Assistant>(useQueryClient(), keys.assistantLists(client.scope), params.assistantId);
  return useRead(client, getAssistantOptions, params, { ...seed, ...options });
}

/** createAssistant: into its detail, and to its place in the lists. */
export function useCreateAssistant(
  options: WriteHookOptions<Assistant, Params<'createAssistant'>> = {},
): UseMutationResult<Assistant, AssistantsError, Params<'createAssistant'>> {
  return useWrite(createAssistantOptions(useAssistantsClient('useCreateAssistant')), options);
}

/** modifyAssistant: shown at once, taken back when the server refuses. */
export function useModifyAssistant(
  options: WriteHookOptions<Assistant, Params<'modifyAssistant'>, { before: Assistant | undefined }> = {},
): UseMutationResult<Assistant, AssistantsError, Params<'modifyAssistant'>, { before: Assistant | undefined }> {
  return useWrite(modifyAssistantOptions(useAssistantsClient('useModifyAssistant')), options);
}

/** deleteAssistant: detail and files are forgotten, and it leaves the lists. */
export function useDeleteAssistant(
  options: WriteHookOptions<Result<'deleteAssistant'>, Params<'deleteAssistant'>> = {},
): UseMutationResult<Result<'deleteAssistant'>, AssistantsError, Params<'deleteAssistant'>> {
  return useWrite(deleteAssistantOptions(useAssistantsClient('useDeleteAssistant')), options);
}
