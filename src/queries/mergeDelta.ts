import { mergeMessage } from '../protocol/mergeMessage.js';
import type { Message } from '../protocol/types.js';
import { cursorOf, putMessage, withoutCopied } from './messagePages.js';
import { findItem, isWholeList, type Cursor, type ListData, type ListQuery } from './pages.js';

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
  const known = syncCursor(data, query);
  const continues = known !== undefined && (cursor === null ? known === null : findItem(data, cursor) !== undefined);
  if (!continues) return delta.reduce((list, message) => putMessage(list, message, query), data);
  if (query?.order !== 'asc') return mergeNewestFirst(data, cursor, delta);
  // An ascending list with a cursor is loaded to its end, so that one page can hold all of it.
  const [first, last] = [data.pages[0], data.pages.at(-1)];
  if (!first || !last) return data;
  const page = { ...first, first_id: known, data: data.pages.flatMap((each) => each.data).reverse(), has_more: false };
  const one = { pages: [page], pageParams: data.pageParams.slice(0, 1) };
  const merged = mergeNewestFirst(one, cursor, delta).pages.map((each) => ({
    ...each,
    data: each.data.toReversed(),
    first_id: first.first_id ?? null,
    last_id: each.first_id ?? null,
  }));
  return { pages: merged, pageParams: one.pageParams };
}

function mergeNewestFirst(
  data: ListData<Message>,
  cursor: Cursor,
  delta: readonly Message[],
): ListData<Message> {
  const behind =
    cursor === null ? data.pages.length - 1 : data.pages.findIndex((page) => page.data.some(({ id }) => id === cursor));
  const page = data.pages[behind];
  if (page === undefined) return data;
  const start = cursor === null ? page.data.length : page.data.findIndex(({ id }) => id === cursor);
  const ahead = [...data.pages.slice(0, behind).flatMap((each) => each.data), ...page.data.slice(0, start)];
  const known = new Map([...ahead, ...page.data].map((item) => [item.id, item]));
  const newestFirst = delta.toReversed().map((message) => {
    const current = known.get(message.id);
    return current ? mergeMessage(current, message) : message;
  });
  const arrived = new Set(delta.map(({ id }) => id));
  const rest = withoutCopied(ahead.filter(({ id }) => !arrived.has(id)), delta.filter(({ id }) => !known.has(id)));
  const older = page.data.slice(start).filter(({ id }) => !arrived.has(id));
  // A list whose own cursor is older has a gap in front of this delta, and has to ask for that still.
  const knownTo = data.pages[0]?.first_id ?? null;
  const first = { ...page, first_id: knownTo === cursor ? cursorOf(newestFirst, cursor) : knownTo, data: [...rest, ...newestFirst, ...older] };
  return {
    pages: [first, ...data.pages.slice(behind + 1)],
    pageParams: [data.pageParams[0] ?? null, ...data.pageParams.slice(behind + 1)],
  };
}
