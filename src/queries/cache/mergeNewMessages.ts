import { mergeMessage } from '../../protocol/mergeMessage.js';
import type { Message } from '../../protocol/types.js';
import {
  computeSyncCursor,
  toNewestFirst,
  upsertMessage,
  withoutStored,
  withSyncCursor,
} from './messagePages.js';
import { isWholeList, type Cursor, type ListData, type ListQuery } from './pages.js';

/**
 * Returns the sync cursor of a list: the id up to which the list has no gap, null for an empty list, undefined for a
 * list that does not reach the newest message. It is stored as `first_id` of the newest page (`last_id` in an ascending
 * list). The list may hold newer messages that came by stream, but the server may have messages between them and the
 * cursor.
 */
export function readSyncCursor(data: ListData<Message>, query?: ListQuery): Cursor | undefined {
  if (!isWholeList(query) || query?.run_id !== undefined) return undefined;
  if (query?.order !== 'asc') return data.pages[0]?.first_id;
  const last = data.pages.at(-1);
  return last?.has_more ? undefined : last?.last_id;
}

/**
 * Returns the list with the messages that the server has after a cursor. Newer messages that only the list has stay
 * after them.
 *
 * @param cursor Cursor that the messages were fetched with, from `readSyncCursor` of this or another list.
 * @param newMessages Oldest first, in the order of the server, without a gap.
 */
export function mergeNewMessages(
  data: ListData<Message>,
  cursor: Cursor,
  newMessages: readonly Message[],
  query?: ListQuery,
): ListData<Message> {
  if (newMessages.length === 0) return data;
  const ownCursor = readSyncCursor(data, query);
  const cursorPage = data.pages.findIndex((page) => page.data.some(({ id }) => id === cursor));
  // An ascending list with a sync cursor is loaded to its end, so all of it is merged into one page.
  const isAllMerged = cursor === null || query?.order === 'asc';
  const mergedCount = isAllMerged ? data.pages.length : cursorPage + 1;
  const mergedPages = data.pages.slice(0, mergedCount);
  const lastMerged = mergedPages.at(-1);
  const isContinued =
    cursor === null ? ownCursor === null : ownCursor !== undefined && cursorPage !== -1;
  if (!isContinued || lastMerged === undefined)
    return newMessages.reduce((list, message) => upsertMessage(list, message, query), data);

  const rows = toNewestFirst(
    mergedPages.flatMap((page) => page.data),
    query,
  );
  const known = new Map(rows.map((message) => [message.id, message]));
  const merged = newMessages
    .toReversed()
    .map((message) => mergeMessage(known.get(message.id) ?? message, message));
  // A list whose own cursor is older still has a gap before the new messages, so it keeps that cursor.
  const nextCursor = ownCursor === cursor ? computeSyncCursor(merged, cursor) : (ownCursor ?? null);
  const page = {
    ...lastMerged,
    first_id: mergedPages[0]?.first_id ?? null,
    data: toNewestFirst(insertMerged(rows, cursor, merged, known), query),
  };
  return {
    pages: [withSyncCursor(page, nextCursor, query), ...data.pages.slice(mergedCount)],
    pageParams: [data.pageParams[0] ?? null, ...data.pageParams.slice(mergedCount)],
  };
}

/** Inserts the merged messages before the row of the cursor. All lists are newest first. */
function insertMerged(
  rows: readonly Message[],
  cursor: Cursor,
  merged: readonly Message[],
  known: ReadonlyMap<string, Message>,
): Message[] {
  const cursorIndex = cursor === null ? rows.length : rows.findIndex(({ id }) => id === cursor);
  const mergedIds = new Set(merged.map(({ id }) => id));
  const isUnaffected = ({ id }: Message) => !mergedIds.has(id);
  const newer = withoutStored(
    rows.slice(0, cursorIndex).filter(isUnaffected),
    merged.filter(({ id }) => !known.has(id)).toReversed(),
  );
  return [...newer, ...merged, ...rows.slice(cursorIndex).filter(isUnaffected)];
}
