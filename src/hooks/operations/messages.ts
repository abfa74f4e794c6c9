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
  type UseOperationInfiniteQueryOptions,
} from './useOperationInfiniteQuery.js';
import { useOperationQuery, type UseOperationQueryOptions } from './useOperationQuery.js';
import { useOperationMutation, type UseOperationMutationOptions } from './useOperationMutation.js';

/**
 * Lists the messages of a thread. `data` is oldest first for any `query.order`. `fetchNextPage` loads older messages.
 * Refetching requests the newest page only and keeps the older cached messages. Source: listMessages.
 *
 * The option `select` receives the pages of the wire, newest message first unless `query.order` is 'asc'.
 * `listMessagesOptions(client, params).select(pages)` returns the messages oldest first.
 *
 * @example
 * ```tsx
 * import { useThreadMessages } from 'assistants-react';
 *
 * function Messages({ threadId }: { threadId: string }) {
 *   const { data = [], hasNextPage, fetchNextPage } = useThreadMessages({ threadId });
 *   return (
 *     <>
 *       {hasNextPage && (
 *         <button type="button" onClick={() => void fetchNextPage()}>
 *           Older messages
 *         </button>
 *       )}
 *       {data.map(({ id, role, content }) => (
 *         <p key={id}>
 *           {role}: {content.map((part) => (part.type === 'text' ? part.text.value : ''))}
 *         </p>
 *       ))}
 *     </>
 *   );
 * }
 * ```
 */
export function useThreadMessages<Selected = Message[]>(
  params: MaybeOperationParams<'listMessages'>,
  options: UseOperationInfiniteQueryOptions<Message, Selected> = {},
): UseInfiniteQueryResult<Selected, AssistantsError> {
  return useOperationInfiniteQuery(
    useAssistantsClient('useThreadMessages'),
    listMessagesOptions,
    params,
    options,
  );
}

/** Reads a message. Starts with the item of a cached list, if one has it. Source: getMessage. */
export function useMessage<Selected = Message>(
  params: MaybeOperationParams<'getMessage'>,
  options: UseOperationQueryOptions<Message, Selected> = {},
): UseQueryResult<Selected, AssistantsError> {
  const client = useAssistantsClient('useMessage');
  const listsKey = keys.messageLists(client.scope, params.threadId ?? '');
  const seed = seedFromLists<Message>(useQueryClient(), listsKey, params.messageId);
  return useOperationQuery(client, getMessageOptions, params, { ...seed, ...options });
}

/**
 * Creates a message without a run. Adds it to the lists optimistically, and removes it on an error. Source:
 * createMessage.
 *
 * @example
 * ```tsx
 * import { useCreateMessage } from 'assistants-react';
 *
 * function AddNote({ threadId }: { threadId: string }) {
 *   const { mutate, isPending } = useCreateMessage();
 *   const addNote = () => mutate({ threadId, body: { role: 'user', content: 'A note' } });
 *   return (
 *     <button type="button" disabled={isPending} onClick={addNote}>
 *       Add note
 *     </button>
 *   );
 * }
 * ```
 */
export function useCreateMessage(
  options: UseOperationMutationOptions<
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

/**
 * Modifies the metadata of a message. Writes it into the cache of `useMessage` and the lists that have it. Source:
 * modifyMessage.
 */
export function useModifyMessage(
  options: UseOperationMutationOptions<Message, OperationParams<'modifyMessage'>> = {},
): UseMutationResult<Message, AssistantsError, OperationParams<'modifyMessage'>> {
  return useOperationMutation(
    modifyMessageOptions(useAssistantsClient('useModifyMessage')),
    options,
  );
}

/**
 * Deletes a message. Removes it and its files from the cache and from the lists. Version 2 only. Source: deleteMessage.
 */
export function useDeleteMessage(
  options: UseOperationMutationOptions<
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
