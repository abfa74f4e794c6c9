import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { toAssistantsError } from '../../client/AssistantsError.js';
import type { Message } from '../../protocol/types.js';
import * as keys from '../keys.js';
import { changeLists, getListQuery } from './lists.js';
import { mergeDelta, syncCursor } from './mergeDelta.js';
import { getCursor } from './messagePages.js';
import type { Cursor, ListData } from './pages.js';

/** The most that a server gives at once. */
const PAGE_LIMIT = 100;

/**
 * Fetches the messages of a thread that are newer than the newest cached, and merges them into all its lists: one request
 * however long the thread is, and one more for every hundred new messages. Where no list is cached, nothing is fetched, and
 * what there is of the thread's messages becomes stale.
 *
 * @throws AssistantsError What was merged until then stays. When the server does not know the newest cached message any more,
 * it does not throw: the lists are asked for anew, from the front to where they meet what is cached.
 */
export async function syncMessages(
  queryClient: QueryClient,
  client: AssistantsClient,
  threadId: string,
  options: { signal?: AbortSignal } = {},
): Promise<void> {
  const listsKey = keys.messageLists(client.scope, threadId);
  const cursors = new Set<Cursor>();
  for (const query of queryClient.getQueryCache().findAll({ queryKey: listsKey })) {
    const data = queryClient.getQueryData<ListData<Message>>(query.queryKey);
    const cursor = data && syncCursor(data, getListQuery(query.queryKey));
    if (cursor !== undefined) cursors.add(cursor);
  }
  if (cursors.size === 0) {
    await queryClient.invalidateQueries({
      queryKey: keys.messages(client.scope, threadId),
      refetchType: 'none',
    });
    return;
  }
  // Nearly always one: lists that were loaded at different times may end at different messages.
  for (const cursor of cursors) {
    try {
      await syncFrom(queryClient, client, threadId, cursor, options.signal);
    } catch (thrown) {
      const { status } = toAssistantsError(thrown);
      if (cursor === null || (status !== 400 && status !== 404)) throw thrown;
      await queryClient.invalidateQueries({ queryKey: listsKey });
    }
  }
}

async function syncFrom(
  queryClient: QueryClient,
  client: AssistantsClient,
  threadId: string,
  start: Cursor,
  signal: AbortSignal | undefined,
): Promise<void> {
  const asked = new Set<Cursor>();
  for (let after: Cursor | undefined = start; after !== undefined && !asked.has(after);) {
    asked.add(after);
    const query = { order: 'asc', limit: PAGE_LIMIT, ...(after !== null && { after }) } as const;
    const page = await client.listMessages({ threadId, query }, { signal });
    const behind = after;
    changeLists<Message>(
      queryClient,
      keys.messageLists(client.scope, threadId),
      (data, listQuery) => mergeDelta(data, behind, page.data, listQuery),
    );
    const next = getCursor(page.data.toReversed(), behind);
    after = page.has_more === true && page.data.length > 0 ? (next ?? undefined) : undefined;
  }
}
