import { mergeMessage } from '../../protocol/mergeMessage.js';
import type { Message, Page } from '../../protocol/types.js';
import { isCopy, isOptimisticMessage, isUncommitted } from './optimisticMessages.js';
import {
  findItem,
  insertItem,
  isWholeList,
  flattenPages,
  patchItem,
  removeItem,
  type Cursor,
  type ListData,
  type ListQuery,
} from './pages.js';

/** How many of the newest messages may still grow. More than one only where a server leaves them unfinished. */
const GROWING_AT_MOST = 5;

/**
 * The list with a message of the server's: merged with what it has of it, in place of the local message that stood for it, or
 * where its time puts it. What a list does not hold (`run_id`, a window of cursors) is not added.
 */
export function upsertMessage(
  data: ListData<Message>,
  message: Message,
  query?: ListQuery,
): ListData<Message> {
  if (findItem(data, message.id))
    return patchItem(data, message.id, (current) => mergeMessage(current, message));
  if (!holds(query, message)) return data;
  const local = toNewestFirst(flattenPages(data), query).findLast(
    (item) => isOptimisticMessage(item) && isCopy(message, item),
  );
  if (local) return patchItem(data, local.id, () => message);
  return insertItem(data, message, query?.order, isOptimisticMessage);
}

/** The list with a local message, at its newest end. */
export function insertOptimisticMessage(
  data: ListData<Message>,
  local: Message,
  query?: ListQuery,
): ListData<Message> {
  const isAscending = query?.order === 'asc';
  const page = data.pages.at(isAscending ? -1 : 0);
  if (page === undefined || !holds(query, local) || (isAscending && page.has_more)) return data;
  const items = isAscending ? [...page.data, local] : [local, ...page.data];
  return { ...data, pages: data.pages.with(isAscending ? -1 : 0, { ...page, data: items }) };
}

/**
 * The id up to which messages need not be asked for again: the newest, or the last before those that still grow.
 *
 * @param messages Newest first.
 * @param fallback Where all of them grow.
 */
export function getCursor(messages: readonly Message[], fallback: Cursor): Cursor {
  const growing = messages
    .slice(0, GROWING_AT_MOST)
    .findLastIndex(({ status }) => status === 'in_progress');
  return messages[growing + 1]?.id ?? fallback;
}

/** A page that keeps a cursor of `cursorOf`, which is at its newest end. */
export function withCursor(page: Page<Message>, cursor: Cursor, query?: ListQuery): Page<Message> {
  return query?.order === 'asc' ? { ...page, last_id: cursor } : { ...page, first_id: cursor };
}

/** Messages in the order of the wire turned to newest first, and back again. */
export function toNewestFirst(messages: Message[], query?: ListQuery): Message[] {
  return query?.order === 'asc' ? messages.toReversed() : messages;
}

/** A fetched list with the local messages that the server cannot know yet, and without those that are done with. */
export function withOptimisticMessages(
  query?: ListQuery,
): (before: ListData<Message>, after: ListData<Message>) => ListData<Message> {
  return (before, after) => {
    if (before === after) return after;
    const had = flattenPages(before);
    const has = flattenPages(after);
    const hadIds = new Set(had.map(({ id }) => id));
    const hasIds = new Set(has.map(({ id }) => id));
    const waiting = had.filter((item) => isUncommitted(item) && !hasIds.has(item.id));
    const missing = withoutCopied(
      waiting,
      has.filter(({ id }) => !hadIds.has(id)),
    );
    const settled = has.filter((item) => isOptimisticMessage(item) && !isUncommitted(item));
    const rest = settled.reduce((list, { id }) => removeItem(list, id), after);
    return toNewestFirst(missing, query).reduceRight(
      (list, local) => insertOptimisticMessage(list, local, query),
      rest,
    );
  };
}

/** Without the local messages that one of the arrivals is a copy of, each arrival standing for one. */
export function withoutCopied(items: readonly Message[], arrivals: readonly Message[]): Message[] {
  const claimed = new Set<Message>();
  for (const message of arrivals) {
    const local = items.findLast(
      (item) => isOptimisticMessage(item) && !claimed.has(item) && isCopy(message, item),
    );
    if (local) claimed.add(local);
  }
  return items.filter((item) => !claimed.has(item));
}

function holds(query: ListQuery | undefined, message: Message): boolean {
  return isWholeList(query) && (query?.run_id === undefined || query.run_id === message.run_id);
}
