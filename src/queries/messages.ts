import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import { mergeMessage } from '../protocol/mergeMessage.js';
import type { Message } from '../protocol/types.js';
import { forgetMessage, rewriteMessage, writeMessage } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryFactoryOptions,
} from './createInfiniteQueryOptions.js';
import { changeLists, removeFromLists } from './cache/lists.js';
import {
  setRowKey,
  addOptimisticMessage,
  commitOptimisticMessage,
} from './cache/optimisticMessages.js';
import {
  getCursor,
  toNewestFirst,
  insertOptimisticMessage,
  withCursor,
  withOptimisticMessages,
} from './cache/messagePages.js';
import { findItem, toOldestFirst, patchItem, removeItem } from './cache/pages.js';
import { createQueryOptions, type OperationQueryFactoryOptions } from './createQueryOptions.js';
import {
  createMutationOptions,
  type OperationMutationFactoryOptions,
} from './createMutationOptions.js';

/**
 * listMessages: newest first on the wire, oldest first to the reader, so that the next page holds older messages. Fetching
 * it again asks for the newest page only, and keeps what is cached behind it.
 */
export function listMessagesOptions(
  client: AssistantsClient,
  { threadId, query }: OperationParams<'listMessages'>,
): OperationInfiniteQueryFactoryOptions<Message> {
  return createInfiniteQueryOptions('listMessages', {
    queryKey: keys.messageList(client.scope, threadId, query),
    query,
    fetchPage: (page, signal) => client.listMessages({ threadId, ...page }, { signal }),
    merge: mergeMessage,
    select: toOldestFirst(query),
    keepsHistory: true,
    prepare(page) {
      const rows = toNewestFirst(page.data, query);
      return withCursor(page, getCursor(rows, page.has_more ? (rows[0]?.id ?? null) : null), query);
    },
    complete: withOptimisticMessages(query),
  });
}

/** getMessage. */
export function getMessageOptions(
  client: AssistantsClient,
  { threadId, messageId }: OperationParams<'getMessage'>,
): OperationQueryFactoryOptions<Message> {
  return createQueryOptions(
    'getMessage',
    keys.messageDetail(client.scope, threadId, messageId),
    ({ signal }) => client.getMessage({ threadId, messageId }, { signal }),
    mergeMessage,
  );
}

/**
 * createMessage, without a run: shown at once under a local id, in whose place the server's message comes; taken out again
 * when the server refuses. `getRowKey` gives a row the same key before and after.
 */
export function createMessageOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<Message, OperationParams<'createMessage'>, { localId: string }> {
  const listsOf = (threadId: string) => keys.messageLists(client.scope, threadId);
  return createMutationOptions(client, 'createMessage', (params) => client.createMessage(params), {
    onMutate(params, { client: queryClient }) {
      const local = addOptimisticMessage(params, Date.now());
      changeLists<Message>(queryClient, listsOf(params.threadId), (data, query) =>
        insertOptimisticMessage(data, local, query),
      );
      return { localId: local.id };
    },
    onSuccess(message, { threadId }, { localId }, { client: queryClient }) {
      commitOptimisticMessage(localId);
      changeLists<Message>(queryClient, listsOf(threadId), (data) => {
        if (!findItem(data, localId)) return data;
        // A sync was faster than the answer; the row is there already.
        if (findItem(data, message.id)) return removeItem(data, localId);
        setRowKey(queryClient, message.id, localId);
        return patchItem(data, localId, () => message);
      });
      writeMessage(queryClient, client.scope, message);
    },
    onError(_error, { threadId }, undo, { client: queryClient }) {
      if (undo === undefined) return;
      commitOptimisticMessage(undo.localId);
      removeFromLists(queryClient, listsOf(threadId), undo.localId);
    },
  });
}

/** modifyMessage: into its detail and the lists that have it. */
export function modifyMessageOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<Message, OperationParams<'modifyMessage'>> {
  return createMutationOptions(client, 'modifyMessage', (params) => client.modifyMessage(params), {
    onSuccess: (message, _params, _undo, context) =>
      rewriteMessage(context.client, client.scope, message),
  });
}

/** deleteMessage (version 2): out of the lists; its detail and files are forgotten. */
export function deleteMessageOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<
  OperationResult<'deleteMessage'>,
  OperationParams<'deleteMessage'>
> {
  return createMutationOptions(client, 'deleteMessage', (params) => client.deleteMessage(params), {
    onSuccess(_deleted, { threadId, messageId }, _undo, { client: queryClient }) {
      forgetMessage(queryClient, client.scope, threadId, messageId);
    },
  });
}
