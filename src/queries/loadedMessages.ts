import type { QueryClient } from '@tanstack/react-query';
import type { Message } from '../protocol/types.js';
import { flattenPages, type ListData } from './cache/pages.js';
import * as keys from './keys.js';

/** Returns the messages in the cache by the id of their thread, some of them in several lists. Sends no requests. */
export function readLoadedMessages(
  queryClient: QueryClient,
  scope: string,
): ReadonlyMap<string, readonly Message[]> {
  const messages = new Map<string, Message[]>();
  for (const { queryKey, state } of queryClient.getQueryCache().getAll()) {
    const threadId = String(queryKey[3]);
    const listsKey = keys.messageLists(scope, threadId);
    if (state.data === undefined || !listsKey.every((part, at) => part === queryKey[at])) continue;
    // The key tells the type of the data.
    const loaded = flattenPages(state.data as ListData<Message>);
    messages.set(threadId, [...(messages.get(threadId) ?? []), ...loaded]);
  }
  return messages;
}
