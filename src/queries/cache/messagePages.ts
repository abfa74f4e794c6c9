import { mergeMessage } from '../../protocol/mergeMessage.js';
import type { Message, Page } from '../../protocol/types.js';
import { completions } from './completeMessages.js';
import { isOptimisticMessage, isStoredCopy, isUncommitted } from './optimisticMessages.js';
import {
  findItem,
  flattenPages,
  insertItem,
  isWholeList,
  removeItem,
  updateItem,
  type Cursor,
  type ListData,
  type ListQuery,
} from './pages.js';

/** Number of newest messages that may still grow. More than one grows only if a server leaves messages unfinished. */
const MAX_GROWING = 5;

/** Returns the newest message of a list in the order of the wire, newest first. */
export function getNewestMessage({ pages }: ListData<Message>): Message | undefined {
  return pages[0]?.data[0];
}

/**
 * Returns the list with a message of the server: merged with the cached one, in place of its optimistic message, or at
 * its place by time. The message is not added to lists that it does not belong in (`run_id`, cursors).
 */
export function upsertMessage(
  data: ListData<Message>,
  message: Message,
  query?: ListQuery,
): ListData<Message> {
  if (findItem(data, message.id))
    return updateItem(data, message.id, (current) => mergeMessage(current, message));
  if (!belongsInList(query, message)) return data;
  const optimistic = toNewestFirst(flattenPages(data), query).findLast(
    (item) => isOptimisticMessage(item) && isStoredCopy(message, item),
  );
  if (optimistic) return updateItem(data, optimistic.id, () => message);
  return insertItem(data, message, query?.order, isOptimisticMessage);
}

/** Returns the list with an optimistic message at its newest end. */
export function insertOptimisticMessage(
  data: ListData<Message>,
  message: Message,
  query?: ListQuery,
): ListData<Message> {
  completions.add(keepOptimisticMessages);
  const isAscending = query?.order === 'asc';
  const pageIndex = isAscending ? -1 : 0;
  const page = data.pages.at(pageIndex);
  const isNewestEndLoaded = page !== undefined && !(isAscending && page.has_more);
  if (!isNewestEndLoaded || !belongsInList(query, message)) return data;
  const items = isAscending ? [...page.data, message] : [message, ...page.data];
  return { ...data, pages: data.pages.with(pageIndex, { ...page, data: items }) };
}

/**
 * Returns the id after which messages must be fetched again: that of the newest message, or of the last one before the
 * messages that still grow.
 *
 * @param messages Newest first.
 * @param fallback Returned if all messages grow.
 */
export function computeSyncCursor(messages: readonly Message[], fallback: Cursor): Cursor {
  const oldestGrowing = messages
    .slice(0, MAX_GROWING)
    .findLastIndex(({ status }) => status === 'in_progress');
  return messages[oldestGrowing + 1]?.id ?? fallback;
}

/** Stores a sync cursor in the page at the newest end of a list. */
export function withSyncCursor(
  page: Page<Message>,
  cursor: Cursor,
  query?: ListQuery,
): Page<Message> {
  return query?.order === 'asc' ? { ...page, last_id: cursor } : { ...page, first_id: cursor };
}

/** Converts messages from the order of the wire to newest first, and back. */
export function toNewestFirst(messages: Message[], query?: ListQuery): Message[] {
  return query?.order === 'asc' ? messages.toReversed() : messages;
}

/**
 * Completes a fetched list: keeps the optimistic messages that the server cannot know yet, and drops the committed ones.
 */
function keepOptimisticMessages(
  before: ListData<Message>,
  after: ListData<Message>,
  query?: ListQuery,
): ListData<Message> {
  const itemsBefore = flattenPages(before);
  const itemsAfter = flattenPages(after);
  const idsBefore = new Set(itemsBefore.map(({ id }) => id));
  const idsAfter = new Set(itemsAfter.map(({ id }) => id));
  const pending = itemsBefore.filter((item) => isUncommitted(item) && !idsAfter.has(item.id));
  const missing = withoutStored(
    pending,
    itemsAfter.filter(({ id }) => !idsBefore.has(id)),
  );
  const isCommitted = (item: Message) => isOptimisticMessage(item) && !isUncommitted(item);
  const list = itemsAfter.filter(isCommitted).reduce((rest, { id }) => removeItem(rest, id), after);
  return toNewestFirst(missing, query).reduceRight(
    (rest, message) => insertOptimisticMessage(rest, message, query),
    list,
  );
}

/** Returns the items without the optimistic messages whose stored copy arrived. Each arrival replaces one message. */
export function withoutStored(items: readonly Message[], arrivals: readonly Message[]): Message[] {
  const stored = new Set<Message>();
  for (const message of arrivals) {
    const optimistic = items.findLast(
      (item) => isOptimisticMessage(item) && !stored.has(item) && isStoredCopy(message, item),
    );
    if (optimistic) stored.add(optimistic);
  }
  return items.filter((item) => !stored.has(item));
}

function belongsInList(query: ListQuery | undefined, message: Message): boolean {
  return isWholeList(query) && (query?.run_id === undefined || query.run_id === message.run_id);
}
