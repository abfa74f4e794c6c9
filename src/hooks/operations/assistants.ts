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
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type UseOperationMutationOptions } from './useOperationMutation.js';

/**
 * Lists assistants, newest first unless `query.order` is 'asc'. `fetchNextPage` loads the next page. `data` has the
 * items of all loaded pages. Source: listAssistants.
 *
 * @example
 * ```tsx
 * import { useAssistants } from 'assistants-react';
 *
 * function AssistantNames() {
 *   const { data = [], hasNextPage, fetchNextPage } = useAssistants({ query: { limit: 50 } });
 *   return (
 *     <ul>
 *       {data.map(({ id, name }) => (
 *         <li key={id}>{name ?? id}</li>
 *       ))}
 *       {hasNextPage && (
 *         <button type="button" onClick={() => void fetchNextPage()}>
 *           More
 *         </button>
 *       )}
 *     </ul>
 *   );
 * }
 * ```
 */
export function useAssistants<Selected = Assistant[]>(
  params: MaybeOperationParams<'listAssistants'> = {},
  options: UseOperationInfiniteQueryOptions<Assistant, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useAssistants'),
    listAssistantsOptions,
    params,
    options,
  );
}

/** Reads an assistant. Starts with the item of a cached list, if one has it. Source: getAssistant. */
export function useAssistant<Selected = Assistant>(
  params: MaybeOperationParams<'getAssistant'>,
  options: UseOperationQueryOptions<Assistant, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useAssistant');
  const seed = seedFromLists<Assistant>(
    useQueryClient(),
    keys.assistantLists(client.scope),
    params.assistantId,
  );
  return useOperationQuery(client, getAssistantOptions, params, { ...seed, ...options });
}

/**
 * Creates an assistant. Writes it into the cache of `useAssistant` and at its place in the lists. Source:
 * createAssistant.
 */
export function useCreateAssistant(
  options: UseOperationMutationOptions<Assistant, OperationParams<'createAssistant'>> = {},
): UseMutationResult<Assistant, AssistantsError, OperationParams<'createAssistant'>> {
  return useOperationMutation(
    createAssistantOptions(useAssistantsClient('useCreateAssistant')),
    options,
  );
}

/**
 * Modifies an assistant. Updates the cached assistant and the lists optimistically, and rolls back on an error.
 * Source: modifyAssistant.
 */
export function useModifyAssistant(
  options: UseOperationMutationOptions<
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

/**
 * Deletes an assistant. Removes it and its files from the cache and from the lists. Source: deleteAssistant.
 */
export function useDeleteAssistant(
  options: UseOperationMutationOptions<
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
