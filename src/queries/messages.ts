import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import { mergeMessage } from '../protocol/mergeMessage.js';
import type { Message } from '../protocol/types.js';
import { removeMessage, updateMessage, writeMessage } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import { createMessageCompletion } from './cache/completeMessages.js';
import { updateLists, removeFromLists } from './cache/lists.js';
import {
  setRowKey,
  addOptimisticMessage,
  commitOptimisticMessage,
} from './cache/optimisticMessages.js';
import {
  computeSyncCursor,
  toNewestFirst,
  insertOptimisticMessage,
  withSyncCursor,
} from './cache/messagePages.js';
import { findItem, getOldestFirstSelector, updateItem, removeItem } from './cache/pages.js';
import { createQueryOptions, type OperationQueryOptions } from './createQueryOptions.js';
import { createMutationOptions, type OperationMutationOptions } from './createMutationOptions.js';

/**
 * Options for listing the messages of a thread. The selected data is oldest first for any `query.order`. By default,
 * pages are requested newest first, so the next page has older messages. Refetching requests the newest page only and
 * keeps the older cached messages. Source: listMessages.
 */
export function listMessagesOptions(
  client: AssistantsClient,
  { threadId, query }: OperationParams<'listMessages'>,
): OperationInfiniteQueryOptions<Message> {
  return createInfiniteQueryOptions('listMessages', {
    queryKey: keys.messageList(client.scope, threadId, query),
    query,
    fetchPage: (page, signal) => client.listMessages({ threadId, ...page }, { signal }),
    merge: mergeMessage,
    select: getOldestFirstSelector(query),
    keepsHistory: true,
    prepare(page) {
      const rows = toNewestFirst(page.data, query);
      return withSyncCursor(
        page,
        computeSyncCursor(rows, page.has_more ? (rows[0]?.id ?? null) : null),
        query,
      );
    },
    complete: createMessageCompletion(query),
  });
}

/** Options for reading a message. Source: getMessage. */
export function getMessageOptions(
  client: AssistantsClient,
  { threadId, messageId }: OperationParams<'getMessage'>,
): OperationQueryOptions<Message> {
  return createQueryOptions(
    'getMessage',
    keys.messageDetail(client.scope, threadId, messageId),
    ({ signal }) => client.getMessage({ threadId, messageId }, { signal }),
    mergeMessage,
  );
}

/**
 * Options for creating a message without a run. Adds an optimistic message to the lists, replaces it by the stored
 * message, and removes it on an error. `getRowKey` returns the same key for both. Source: createMessage.
 */
export function createMessageOptions(
  client: AssistantsClient,
): OperationMutationOptions<Message, OperationParams<'createMessage'>, { localId: string }> {
  const getListsKey = (threadId: string) => keys.messageLists(client.scope, threadId);
  return createMutationOptions(client, 'createMessage', {
    onMutate(params, { client: queryClient }) {
      const optimistic = addOptimisticMessage(params, Date.now());
      updateLists<Message>(queryClient, getListsKey(params.threadId), (data, query) =>
        insertOptimisticMessage(data, optimistic, query),
      );
      return { localId: optimistic.id };
    },
    onSuccess(message, { threadId }, { localId }, { client: queryClient }) {
      commitOptimisticMessage(localId);
      updateLists<Message>(queryClient, getListsKey(threadId), (data) => {
        if (!findItem(data, localId)) return data;
        // A sync was faster than the response and has added the stored message already.
        if (findItem(data, message.id)) return removeItem(data, localId);
        setRowKey(queryClient, message.id, localId);
        return updateItem(data, localId, () => message);
      });
      writeMessage(queryClient, client.scope, message);
    },
    onError(_error, { threadId }, onMutateResult, { client: queryClient }) {
      if (onMutateResult === undefined) return;
      commitOptimisticMessage(onMutateResult.localId);
      removeFromLists(queryClient, getListsKey(threadId), onMutateResult.localId);
    },
  });
}

/**
 * Options for modifying the metadata of a message. Writes the message into its detail query and the lists that have it.
 * Source: modifyMessage.
 */
export function modifyMessageOptions(
  client: AssistantsClient,
): OperationMutationOptions<Message, OperationParams<'modifyMessage'>> {
  return createMutationOptions(client, 'modifyMessage', {
    onSuccess: (message, _params, _onMutateResult, context) =>
      updateMessage(context.client, client.scope, message),
  });
}

/**
 * Options for deleting a message. Removes its detail query, its files and its entry in the lists. Version 2 only.
 * Source: deleteMessage.
 */
export function deleteMessageOptions(
  client: AssistantsClient,
): OperationMutationOptions<OperationResult<'deleteMessage'>, OperationParams<'deleteMessage'>> {
  return createMutationOptions(client, 'deleteMessage', {
    onSuccess(_deleted, { threadId, messageId }, _onMutateResult, { client: queryClient }) {
      removeMessage(queryClient, client.scope, threadId, messageId);
    },
  });
}
