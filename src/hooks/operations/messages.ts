import {
  useQueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OperationParams, OperationResult } from '../../client/operations.js';
import type { Message } from '../../protocol/types.js';
import * as keys from '../../queries/keys.js';
import { seedFromLists } from '../../queries/cache/lists.js';
import {
  createMessageOptions,
  deleteMessageOptions,
  getMessageOptions,
  listMessagesOptions,
  modifyMessageOptions,
} from '../../queries/messages.js';
import type { MaybeOperationParams } from './params.js';
import { useAssistantsClient } from '../useAssistantsClient.js';
import {
  useOperationInfiniteQuery,
  type OperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type OperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type OperationMutationOptions } from './useOperationMutation.js';

/**
 * listMessages: oldest first to the reader, whatever `order` has on the wire; `fetchNextPage` loads older messages. Fetching again asks
 * for the newest page only.
 */
export function useThreadMessages<Selected = Message[]>(
  params: MaybeOperationParams<'listMessages'>,
  options: OperationInfiniteQueryOptions<Message, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useThreadMessages'),
    listMessagesOptions,
    params,
    options,
  );
}

/** getMessage; shown from a list that holds it until it is there. */
export function useMessage<Selected = Message>(
  params: MaybeOperationParams<'getMessage'>,
  options: OperationQueryOptions<Message, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useMessage');
  const listsKey = keys.messageLists(client.scope, params.threadId ?? '');
  const seed = seedFromLists<Message>(useQueryClient(), listsKey, params.messageId);
  return useOperationQuery(client, getMessageOptions, params, { ...seed, ...options });
}

/** createMessage, without a run: shown at once, taken out again when the server refuses. */
export function useCreateMessage(
  options: OperationMutationOptions<
    Message,
    OperationParams<'createMessage'>,
    { localId: string }
  > = {},
): UseMutationResult<
  Message,
  AssistantsError,
  OperationParams<'createMessage'>,
  { localId: string }
> {
  return useOperationMutation(
    createMessageOptions(useAssistantsClient('useCreateMessage')),
    options,
  );
}

/** modifyMessage: into detail and lists. */
export function useModifyMessage(
  options: OperationMutationOptions<Message, OperationParams<'modifyMessage'>> = {},
): UseMutationResult<Message, AssistantsError, OperationParams<'modifyMessage'>> {
  return useOperationMutation(
    modifyMessageOptions(useAssistantsClient('useModifyMessage')),
    options,
  );
}

/** deleteMessage (version 2): out of the lists; detail and files are forgotten. */
export function useDeleteMessage(
  options: OperationMutationOptions<
    OperationResult<'deleteMessage'>,
    OperationParams<'deleteMessage'>
  > = {},
): UseMutationResult<
  OperationResult<'deleteMessage'>,
  AssistantsError,
  OperationParams<'deleteMessage'>
> {
  return useOperationMutation(
    deleteMessageOptions(useAssistantsClient('useDeleteMessage')),
    options,
  );
}
