import {
  useQueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams, OperationResult } from '../../client/operations.js';
import type { Assistant } from '../../protocol/types.js';
import {
  createAssistantOptions,
  deleteAssistantOptions,
  getAssistantOptions,
  listAssistantsOptions,
  modifyAssistantOptions,
} from '../../queries/assistants.js';
import * as keys from '../../queries/keys.js';
import { seedFromLists } from '../../queries/cache/lists.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type OperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type OperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type OperationMutationOptions } from './useOperationMutation.js';

/** listAssistants: newest first unless the query says otherwise. */
export function useAssistants<Selected = Assistant[]>(
  params: MaybeOperationParams<'listAssistants'> = {},
  options: OperationInfiniteQueryOptions<Assistant, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useAssistants'),
    listAssistantsOptions,
    params,
    options,
  );
}

/** getAssistant; shown from a list that holds it until it is there. */
export function useAssistant<Selected = Assistant>(
  params: MaybeOperationParams<'getAssistant'>,
  options: OperationQueryOptions<Assistant, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useAssistant');
  const seed = seedFromLists<Assistant>(
    useQueryClient(),
    keys.assistantLists(client.scope),
    params.assistantId,
  );
  return useOperationQuery(client, getAssistantOptions, params, { ...seed, ...options });
}

/** createAssistant: into its detail, and to its place in the lists. */
export function useCreateAssistant(
  options: OperationMutationOptions<Assistant, OperationParams<'createAssistant'>> = {},
): UseMutationResult<Assistant, AssistantsError, OperationParams<'createAssistant'>> {
  return useOperationMutation(
    createAssistantOptions(useAssistantsClient('useCreateAssistant')),
    options,
  );
}

/** modifyAssistant: shown at once, taken back when the server refuses. */
export function useModifyAssistant(
  options: OperationMutationOptions<
    Assistant,
    OperationParams<'modifyAssistant'>,
    { before: Assistant | undefined }
  > = {},
): UseMutationResult<
  Assistant,
  AssistantsError,
  OperationParams<'modifyAssistant'>,
  { before: Assistant | undefined }
> {
  return useOperationMutation(
    modifyAssistantOptions(useAssistantsClient('useModifyAssistant')),
    options,
  );
}

/** deleteAssistant: detail and files are forgotten, and it leaves the lists. */
export function useDeleteAssistant(
  options: OperationMutationOptions<
    OperationResult<'deleteAssistant'>,
    OperationParams<'deleteAssistant'>
  > = {},
): UseMutationResult<
  OperationResult<'deleteAssistant'>,
  AssistantsError,
  OperationParams<'deleteAssistant'>
> {
  return useOperationMutation(
    deleteAssistantOptions(useAssistantsClient('useDeleteAssistant')),
    options,
  );
}
