import { mergeMessage } from '../../protocol/mergeMessage.js';
import type { Message } from '../../protocol/types.js';
import {
  getCursor,
  toNewestFirst,
  upsertMessage,
  withCursor,
  withoutCopied,
} from './messagePages.js';
import { isWholeList, type Cursor, type ListData, type ListQuery } from './pages.js';

/**
 * The id up to which a list is known to have no gap, null if it was empty; undefined for a list that does not reach the newest
 * message. The cache keeps it where the server put `first_id` (`last_id` in an ascending list): messages that came by stream
 * are in the list too, but others may have been written before them.
 */
export function syncCursor(data: ListData<Message>, query?: ListQuery): Cursor | undefined {
  if (!isWholeList(query) || query?.run_id !== undefined) return undefined;
  if (query?.order !== 'asc') return data.pages[0]?.first_id;
  const last = data.pages.at(-1);
  return last?.has_more ? undefined : last?.last_id;
}

/**
 * The list with what the server has behind the cursor, as `syncCursor` gave it.
 *
 * @param delta Oldest first, in the server's order, without a gap. What the list holds beyond it stays, behind it.
 */
export function mergeDelta(
  data: ListData<Message>,
  cursor: Cursor,
  delta: readonly Message[],
  query?: ListQuery,
): ListData<Message> {
  if (delta.length === 0) return data;
  const knownTo = syncCursor(data, query);
  const holder = data.pages.findIndex((page) => page.data.some(({ id }) => id === cursor));
  // An ascending list with a cursor is loaded to its end, so that one page can hold all of it.
  const behind = cursor === null || query?.order === 'asc' ? data.pages.length : holder + 1;
  const pages = data.pages.slice(0, behind);
  const page = pages.at(-1);
  const continues = cursor === null ? knownTo === null : knownTo !== undefined && holder !== -1;
  if (!continues || page === undefined)
    return delta.reduce((list, message) => upsertMessage(list, message, query), data);

  const rows = toNewestFirst(
    pages.flatMap((each) => each.data),
    query,
  );
  const start = cursor === null ? rows.length : rows.findIndex(({ id }) => id === cursor);
  const known = new Map(rows.map((message) => [message.id, message]));
  const arrived = new Set(delta.map(({ id }) => id));
  const fresh = delta
    .toReversed()
    .map((message) => mergeMessage(known.get(message.id) ?? message, message));
  const isLeft = ({ id }: Message) => !arrived.has(id);
  const ahead = withoutCopied(
    rows.slice(0, start).filter(isLeft),
    delta.filter(({ id }) => !known.has(id)),
  );
  const merged = [...ahead, ...fresh, ...rows.slice(start).filter(isLeft)];
  // A list whose own cursor is older has a gap in front of this delta, and has to ask for that still.
  const reached = knownTo === cursor ? getCursor(fresh, cursor) : (knownTo ?? null);
  const whole = {
    ...page,
    first_id: pages[0]?.first_id ?? null,
    data: toNewestFirst(merged, query),
  };
  return {
    pages: [withCursor(whole, reached, query), ...data.pages.slice(behind)],
    pageParams: [data.pageParams[0] ?? null, ...data.pageParams.slice(behind)],
  };
}
