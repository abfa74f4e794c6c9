import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { toAssistantsError } from '../../client/AssistantsError.js';
import { removeMessage } from '../../queries/cache/writeObjects.js';

/** Number of messages that are searched for the last question. An answer rarely has more messages. */
const SEARCH_LIMIT = 20;

/** Statuses of servers that do not have deleteMessage, such as servers of version 1. */
const NOT_SUPPORTED = new Set([404, 405, 501]);

/**
 * Deletes the messages after the last message of the user. Leaves them in the thread if the server cannot delete messages.
 *
 * @throws AssistantsError
 */
export async function removeLastAnswer(
  client: AssistantsClient,
  queryClient: QueryClient,
  threadId: string,
): Promise<void> {
  const { data } = await client.listMessages({
    threadId,
    query: { order: 'desc', limit: SEARCH_LIMIT },
  });
  const questionIndex = data.findIndex(({ role }) => role === 'user');
  for (const { id: messageId } of data.slice(0, Math.max(questionIndex, 0))) {
    try {
      await client.deleteMessage({ threadId, messageId });
    } catch (reason) {
      const { kind, status } = toAssistantsError(reason);
      const isMissing = status !== undefined && NOT_SUPPORTED.has(status);
      if (kind === 'unsupported' || isMissing) return;
      throw reason;
    }
    removeMessage(queryClient, client.scope, threadId, messageId);
  }
}
