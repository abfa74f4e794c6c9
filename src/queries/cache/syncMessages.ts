import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { toAssistantsError } from '../../client/AssistantsError.js';
import type { Message } from '../../protocol/types.js';
import * as keys from '../keys.js';
import { getListQuery, updateLists } from './lists.js';
import { mergeNewMessages, readSyncCursor } from './mergeNewMessages.js';
import { computeSyncCursor } from './messagePages.js';
import type { Cursor, ListData } from './pages.js';

/** Maximum page size of the API. */
const PAGE_LIMIT = 100;

/**
 * Fetches the messages of a thread that are newer than the newest cached one, and merges them into all cached lists.
 * Takes one request in a thread of any length, and one more per 100 new messages. If no list is cached, it fetches
 * nothing and marks the cached messages of the thread as stale.
 *
 * If the server refuses that request, for example because it no longer has the newest cached message, all cached lists are
 * refetched from the newest message back to the first cached one. Source: listMessages.
 *
 * @throws AssistantsError of any kind of the request, or of the refetch. Pages that were merged before stay.
 */
export async function syncMessages(
  queryClient: QueryClient,
  client: AssistantsClient,
  threadId: string,
  options: { signal?: AbortSignal } = {},
): Promise<void> {
  const listsKey = keys.messageLists(client.scope, threadId);
  const cursors = findSyncCursors(queryClient, listsKey);
  if (cursors.size === 0) {
    await queryClient.invalidateQueries({
      queryKey: keys.messages(client.scope, threadId),
      refetchType: 'none',
    });
    return;
  }
  // Lists that were loaded at different times may have different cursors. Usually there is one.
  for (const cursor of cursors) {
    try {
      await syncFrom(queryClient, client, { threadId, cursor, signal: options.signal });
    } catch (thrown) {
      // The server does not know the message any more, or cannot read a list from a cursor. Servers answer both with any status.
      const { kind, status } = toAssistantsError(thrown);
      const isRefused = kind === 'http' || kind === 'unsupported';
      if (cursor === null || !isRefused || status === 429) throw thrown;
      await queryClient.invalidateQueries(
        { queryKey: listsKey, refetchType: 'all' },
        { throwOnError: true },
      );
    }
  }
}

function findSyncCursors(queryClient: QueryClient, listsKey: QueryKey): Set<Cursor> {
  const cursors = new Set<Cursor>();
  for (const { queryKey } of queryClient.getQueryCache().findAll({ queryKey: listsKey })) {
    const data = queryClient.getQueryData<ListData<Message>>(queryKey);
    const cursor = data && readSyncCursor(data, getListQuery(queryKey));
    if (cursor !== undefined) cursors.add(cursor);
  }
  return cursors;
}

interface SyncParams {
  threadId: string;
  cursor: Cursor;
  signal: AbortSignal | undefined;
}

async function syncFrom(
  queryClient: QueryClient,
  client: AssistantsClient,
  { threadId, cursor, signal }: SyncParams,
): Promise<void> {
  const requested = new Set<Cursor>();
  let after: Cursor | undefined = cursor;
  // A server that repeats a page would never end.
  while (after !== undefined && !requested.has(after)) {
    requested.add(after);
    const pageCursor: Cursor = after;
    const query = { order: 'asc', limit: PAGE_LIMIT, ...(after !== null && { after }) } as const;
    const page = await client.listMessages({ threadId, query }, { signal });
    updateLists<Message>(
      queryClient,
      keys.messageLists(client.scope, threadId),
      (data, listQuery) => mergeNewMessages(data, pageCursor, page.data, listQuery),
    );
    const next = computeSyncCursor(page.data.toReversed(), pageCursor);
    const hasMore = page.has_more === true && page.data.length > 0;
    after = hasMore ? (next ?? undefined) : undefined;
  }
}
