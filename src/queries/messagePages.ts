import type { Message } from '../protocol/types.js';
import { isCopy, isLocalMessage, isUnsettled } from './localMessages.js';
import { mergeMessage } from './mergeMessage.js';
import { findItem, insertItem, isWholeList, patchItem, type Cursor, type ListData, type ListQuery } from './pages.js';

/** How many of the newest messages may still grow. More than one only where a server leaves them unfinished. */
const GROWING_AT_MOST = 5;

/**
 * The list with a message of the server's: merged with what it has of it, in place of the local message that stood for it, or
 * where its time puts it. What a list does not hold (`run_id`, a window of cursors) is not added.
 */
export function putMessage(data: ListData<Message>, message: Message, query?: ListQuery): ListData<Message> {
  if (findItem(data, message.id)) return patchItem(data, message.id, (current) => mergeMessage(current, message));
  if (!holds(query, message)) return data;
  const locals = data.pages.flatMap((page) => page.data.filter(isLocalMessage));
  const local = query?.order === 'asc' ? locals.find(copied) : locals.findLast(copied);
  if (local) return patchItem(data, local.id, () => message);
  return insertItem(data, message, query?.order, isLocalMessage);

  function copied(candidate: Message) {
    return isCopy(message, candidate);
  }
}

/** The list with a local message, at its newest end. */
export function putLocalMessage(data: ListData<Message>, local: Message, query?: ListQuery): ListData<Message> {
  const isAscending = query?.order === 'asc';
  const page = data.pages.at(isAscending ? -1 : 0);
  if (page === undefined || !holds(query, local) || (isAscending && page.has_more)) return data;
  const items = isAscending ? [...page.data, local] : [local, ...page.data];
  return { ...data, pages: data.pages.with(isAscending ? -1 : 0, { ...page, data: items }) };
}

/**
 * The id up to which messages need not be asked for again: the newest, or the last before those that still grow.
 *
 * @param fallback Where all of them grow.
 */
export function cursorOf(newestFirst: readonly Message[], fallback: Cursor): Cursor {
  const growing = newestFirst.slice(0, GROWING_AT_MOST).findLastIndex(({ status }) => status === 'in_progress');
  return newestFirst[growing + 1]?.id ?? fallback;
}

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

/** A fetched list with the local messages that the server cannot know yet, and without those that are done with. */
export function withLocalMessages(
  query?: ListQuery,
): (before: ListData<Message>, after: ListData<Message>) => ListData<Message> {
  return (before, after) => {
    if (before === after) return after;
    const had = before.pages.flatMap((page) => page.data);
    const has = after.pages.flatMap((page) => page.data);
    const present = new Set(has.map(({ id }) => id));
    const waiting = had.filter((item) => isLocalMessage(item) && isUnsettled(item) && !present.has(item.id));
    const stale = has.filter((item) => isLocalMessage(item) && !isUnsettled(item));
    if (stale.length === 0 && waiting.length === 0) return after;
    const known = new Set(had.map(({ id }) => id));
    const missing = withoutCopied(waiting, has.filter(({ id }) => !known.has(id)));
    const pages = after.pages.map((page) => ({ ...page, data: page.data.filter((item) => !stale.includes(item)) }));
    const inTime = query?.order === 'asc' ? missing : missing.toReversed();
    return inTime.reduce((list, local) => putLocalMessage(list, local, query), { ...after, pages });
  };
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

/** Without the local messages that one of the arrivals is a copy of, each arrival standing for one. */
function withoutCopied(items: readonly Message[], arrivals: readonly Message[]): Message[] {
  const claimed = new Set<Message>();
  for (const message of arrivals) {
    const local = items.findLast((item) => isLocalMessage(item) && !claimed.has(item) && isCopy(message, item));
    if (local) claimed.add(local);
  }
  return items.filter((item) => !claimed.has(item));
}

function holds(query: ListQuery | undefined, message: Message): boolean {
  return isWholeList(query) && (query?.run_id === undefined || query.run_id === message.run_id);
}
