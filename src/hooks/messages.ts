import { useQueryClient, type UseInfiniteQueryResult, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { AssistantsError } from '../client/errors.js';
import type { Params, Result } from '../client/operations.js';
import type { Message } from '../protocol/types.js';
import * as keys from '../queries/keys.js';
import { seededFrom } from '../queries/lists.js';
import {
  createMessageOptions,
  deleteMessageOptions,
  getMessageOptions,
  listMessagesOptions,
  modifyMessageOptions,
} from '../queries/messages.js';
import type { MaybeParams } from './params.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useList, type ListHookOptions } from './useList.js';
import { useRead, type ReadHookOptions } from './useRead.js';
import { useWrite, type WriteHookOptions } from './useWrite.js';

/**
 * listMessages: oldest first to the reader, whatever `order` has on the wire; `fetchNextPage` loads older messages. Fetching again asks
 * for the newest page only.
 */
export function useThreadMessages<Selected = Message[]>(
  params: MaybeParams<'listMessages'>,
  options: ListHookOptions<Message, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useList(useAssistantsClient('useThreadMessages'), listMessagesOptions, params, options);
}

/** getMessage; shown from a list that holds it until it is there. */
export function useMessage<Selected = Message>(
  params: MaybeParams<'getMessage'>,
  options: ReadHookOptions<Message, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useMessage');
  const listsKey = keys.messageLists(client.scope, params.threadId ?? '');
  const seed = seededFrom<Message>(useQueryClient(), listsKey, params.messageId);
  return useRead(client, getMessageOptions, params, { ...seed, ...options });
}

/** createMessage, without a run: shown at once, taken out again when the server refuses. */
export function useCreateMessage(
  options: WriteHookOptions<Message, Params<'createMessage'>, { localId: string }> = {},
): UseMutationResult<Message, AssistantsError, Params<'createMessage'>, { localId: string }> {
  return useWrite(createMessageOptions(useAssistantsClient('useCreateMessage')), options);
}

/** modifyMessage: into detail and lists. */
export function useModifyMessage(
  options: WriteHookOptions<Message, Params<'modifyMessage'>> = {},
): UseMutationResult<Message, AssistantsError, Params<'modifyMessage'>> {
  return useWrite(modifyMessageOptions(useAssistantsClient('useModifyMessage')), options);
}

/** deleteMessage (version 2): out of the lists; detail and files are forgotten. */
export function useDeleteMessage(
  options: WriteHookOptions<Result<'deleteMessage'>, Params<'deleteMessage'>> = {},
): UseMutationResult<Result<'deleteMessage'>, AssistantsError, Params<'deleteMessage'>> {
  return useWrite(deleteMessageOptions(useAssistantsClient('useDeleteMessage')), options);
}
