import type { AssistantsClient } from '../client/client.js';
import type { Params, Result } from '../client/operations.js';
import { mergeMessage } from '../protocol/mergeMessage.js';
import type { Message } from '../protocol/types.js';
import { forgetMessage, rewriteMessage, writeMessage } from './cache.js';
import * as keys from './keys.js';
import { listOptions, type ListOptions } from './listOptions.js';
import { changeLists, dropFromLists } from './lists.js';
import { keepRowKey, openLocalMessage, settleLocalMessage } from './localMessages.js';
import { cursorOf, newestFirst, putLocalMessage, withCursor, withLocalMessages } from './messagePages.js';
import { findItem, oldestFirst, patchItem, removeItem } from './pages.js';
import { readOptions, type ReadOptions } from './readOptions.js';
import { writeOptions, type WriteOptions } from './writeOptions.js';

/**
 * listMessages: newest first on the wire, oldest first to the reader, so that the next page holds older messages. Fetching
 * it again asks for the newest page only, and keeps what is cached behind it.
 */
export function listMessagesOptions(
  client: AssistantsClient,
  { threadId, query }: Params<'listMessages'>,
): ListOptions<Message> {
  return listOptions('listMessages', {
    queryKey: keys.messageList(client.scope, threadId, query),
    query,
    fetchPage: (page, signal) => client.listMessages({ threadId, ...page }, { signal }),
    merge: mergeMessage,
    select: oldestFirst(query),
    keepsHistory: true,
    prepare(page) {
      const rows = newestFirst(page.data, query);
      return withCursor(page, cursorOf(rows, page.has_more ? (rows[0]?.id ?? null) : null), query);
    },
    complete: withLocalMessages(query),
  });
}

/** getMessage. */
export function getMessageOptions(
  client: AssistantsClient,
  { threadId, messageId }: Params<'getMessage'>,
): ReadOptions<Message> {
  return readOptions(
    'getMessage',
    keys.messageDetail(client.scope, threadId, messageId),
    ({ signal }) => client.getMessage({ threadId, messageId }, { signal }),
    mergeMessage,
  );
}

/**
 * createMessage, without a run: shown at once under a local id, in whose place the server's message comes; taken out again
 * when the server refuses. `rowKeyOf` gives a row the same key before and after.
 */
export function createMessageOptions(
  client: AssistantsClient,
): WriteOptions<Message, Params<'createMessage'>, { localId: string }> {
  const listsOf = (threadId: string) => keys.messageLists(client.scope, threadId);
  return writeOptions(client, 'createMessage', (params) => client.createMessage(params), {
    onMutate(params, { client: queryClient }) {
      const local = openLocalMessage(params, Date.now());
      changeLists<Message>(queryClient, listsOf(params.threadId), (data, query) => putLocalMessage(data, local, query));
      return { localId: local.id };
    },
    onSuccess(message, { threadId }, { localId }, { client: queryClient }) {
      settleLocalMessage(localId);
      changeLists<Message>(queryClient, listsOf(threadId), (data) => {
        if (!findItem(data, localId)) return data;
        // A sync was faster than the answer; the row is there already.
        if (findItem(data, message.id)) return removeItem(data, localId);
        keepRowKey(queryClient, message.id, localId);
        return patchItem(data, localId, () => message);
      });
      writeMessage(queryClient, client.scope, message);
    },
    onError(_error, { threadId }, undo, { client: queryClient }) {
      if (undo === undefined) return;
      settleLocalMessage(undo.localId);
      dropFromLists(queryClient, listsOf(threadId), undo.localId);
    },
  });
}

/** modifyMessage: into its detail and the lists that have it. */
export function modifyMessageOptions(client: AssistantsClient): WriteOptions<Message, Params<'modifyMessage'>> {
  return writeOptions(client, 'modifyMessage', (params) => client.modifyMessage(params), {
    onSuccess: (message, _params, _undo, context) => rewriteMessage(context.client, client.scope, message),
  });
}

/** deleteMessage (version 2): out of the lists; its detail and files are forgotten. */
export function deleteMessageOptions(
  client: AssistantsClient,
): WriteOptions<Result<'deleteMessage'>, Params<'deleteMessage'>> {
  return writeOptions(client, 'deleteMessage', (params) => client.deleteMessage(params), {
    onSuccess(_deleted, { threadId, messageId }, _undo, { client: queryClient }) {
      forgetMessage(queryClient, client.scope, threadId, messageId);
    },
  });
}
