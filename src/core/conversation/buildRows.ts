import type { AssistantsError } from '../../client/AssistantsError.js';
import type { Message } from '../../protocol/types.js';
import { createOptimisticMessage } from '../../queries/cache/optimisticMessages.js';
import type { OutboxItem } from './OutboxItem.js';
import type { Outbox } from './reduceOutbox.js';

/** One message of a conversation, as a row of a list. */
export interface ConversationMessage {
  /** Key of the row. Does not change when the server assigns an id to a message that was sent from here. */
  key: string;
  message: Message;
  /**
   * - 'stored': the server has the message.
   * - 'growing': the run is writing it.
   * - 'queued': waits for the active run to end.
   * - 'sending': its requests are in flight.
   * - 'failed': not sent; see `error`.
   */
  state: 'stored' | 'growing' | 'queued' | 'sending' | 'failed';
  /** Reason why the message or its run could not be sent. Undefined unless `state` is 'failed'. */
  error: AssistantsError | undefined;
}

/** Sources of the rows of a conversation. */
export interface RowSources {
  /** Messages that the server has stored, oldest first. */
  stored: readonly Message[];
  /** Messages that the followed run writes, oldest first. */
  runMessages: readonly Message[];
  /** Id of the followed run once it writes no more. Some servers leave the messages of a cancelled run as they are. */
  endedRunId?: string | undefined;
  /** Messages that the server has not confirmed, in the order in which they are sent. */
  outbox: readonly OutboxItem[];
  /** Row keys of messages that were sent from here, by message id. */
  rowKeys: ReadonlyMap<string, string>;
}

/**
 * Merges all messages of a conversation into one list, oldest first, each message once. Leaves out completed messages of the
 * assistant without content, which some servers add before tool calls. Reuses the row objects of `previous` whose message and
 * state are the same, so that only changed rows render.
 */
export function buildRows(
  sources: RowSources,
  previous: readonly ConversationMessage[] = [],
): ConversationMessage[] {
  const { stored, outbox } = sources;
  const findPrevious = createRowFinder(previous);
  const opener = findOpener(outbox);
  const isOpenerStored = findOpeningMessageId(sources) !== undefined;
  const unstored = new Map(sources.runMessages.map((message) => [message.id, message]));

  const toStoredRow = createStoredRowBuilder(sources, unstored);
  const storedRows = stored.map((message) => {
    const row = toStoredRow(message);
    unstored.delete(message.id);
    return row;
  });
  const writtenRows = [...unstored.values()].map((message) => toMessageRow(message, sources));
  const outgoingRows = outbox
    .filter((item) => !isPlaced(item))
    .filter((item) => item.storedId === undefined && !(item === opener && isOpenerStored))
    .map((item) =>
      toOutgoingRow(item, findPrevious(item.key)?.message ?? toOptimisticMessage(item)),
    );
  // The message that opens a thread precedes its answer, which arrives before the message is stored. Others follow it.
  const openingCount = opener !== undefined && outgoingRows[0]?.key === opener.key ? 1 : 0;
  const rows = insertPlacedItems(
    storedRows
      .concat(outgoingRows.slice(0, openingCount), writtenRows, outgoingRows.slice(openingCount))
      .filter(({ message }) => !isEmptyAnswer(message)),
    outbox,
    findPrevious,
  );
  if (previous.length === 0) return rows;
  return rows.map((row, index) => reuseIfSame(row, findPrevious(row.key, index)));
}

/**
 * Returns the id of the message that opened the thread, because the response that creates a thread does not contain it. It
 * is the oldest message of the user that was not sent otherwise. Undefined until the messages of the thread are loaded.
 */
export function findOpeningMessageId({
  stored,
  outbox,
  rowKeys,
}: Omit<RowSources, 'runMessages'>): string | undefined {
  if (!findOpener(outbox)) return undefined;
  return stored.find((message) => message.role === 'user' && !rowKeys.has(message.id))?.id;
}

/** Returns the rows with the newest snapshots of growing messages. Returns the same array if no message has grown. */
export function applyRunMessages(
  rows: ConversationMessage[],
  runMessages: readonly Message[],
): ConversationMessage[] {
  let updated = rows;
  for (const message of runMessages) {
    const index = rows.findLastIndex((row) => row.message.id === message.id);
    const row = rows[index];
    if (!row) continue;
    const newer = pickNewerSnapshot(row.message, message);
    if (newer === row.message) continue;
    if (updated === rows) updated = [...rows];
    updated[index] = { ...row, message: newer };
  }
  return updated;
}

/** Returns the newer one of two snapshots of a message: from the cache, and from the followed run. */
export function pickNewerSnapshot(stored: Message, written: Message | undefined): Message {
  if (!written || stored.status !== 'in_progress') return stored;
  if (written.status !== 'in_progress') return written;
  return countCharacters(written) >= countCharacters(stored) ? written : stored;
}

/** Creates the message that is shown for an item until the server has stored it. */
export function toOptimisticMessage({ key, body, createdAt }: OutboxItem): Message {
  return createOptimisticMessage(key, { threadId: '', body }, createdAt);
}

/** Returns true for a failed message with newer turns below it. */
function isPlaced({ state, storedId, previousId }: OutboxItem): boolean {
  return state === 'failed' && storedId === undefined && previousId !== undefined;
}

/** Inserts the failed messages that newer turns follow. */
function insertPlacedItems(
  rows: ConversationMessage[],
  outbox: Outbox,
  findPrevious: (key: string) => ConversationMessage | undefined,
): ConversationMessage[] {
  // The last one first, so that messages at the same place keep their order.
  for (const item of outbox.filter(isPlaced).toReversed()) {
    const message = findPrevious(item.key)?.message ?? toOptimisticMessage(item);
    rows.splice(findPlace(item, rows), 0, toOutgoingRow(item, message));
  }
  return rows;
}

/** Returns the index of a failed message: after the one that it followed, or by time if that is not loaded or was deleted. */
function findPlace(
  { previousId, createdAt }: OutboxItem,
  rows: readonly ConversationMessage[],
): number {
  if (previousId === null) return 0;
  const previous = rows.findLastIndex(
    ({ key, message }) => key === previousId || message.id === previousId,
  );
  if (previous !== -1) return previous + 1;
  const next = rows.findIndex(({ message }) => message.created_at > createdAt);
  return next === -1 ? rows.length : next;
}

/** Returns a function that creates the row of a stored message. */
function createStoredRowBuilder(
  sources: RowSources,
  runMessages: ReadonlyMap<string, Message>,
): (message: Message) => ConversationMessage {
  const { stored, outbox, rowKeys } = sources;
  const openerKey = findOpener(outbox)?.key;
  const openingMessageId = findOpeningMessageId({ stored, outbox, rowKeys });
  const itemsWithoutRun = new Map(
    outbox.flatMap((item) => (item.storedId === undefined ? [] : [[item.storedId, item]])),
  );
  // Opening a long thread must not cost several lookups for each of its messages.
  const isPlain =
    openerKey === undefined && itemsWithoutRun.size + runMessages.size + rowKeys.size === 0;
  if (isPlain) return (message) => toMessageRow(message, sources);

  return (message) => {
    const { id } = message;
    const newest = pickNewerSnapshot(message, runMessages.get(id));
    const item = itemsWithoutRun.get(id);
    const isOpener = openerKey !== undefined && id === openingMessageId;
    const key = isOpener ? openerKey : (rowKeys.get(id) ?? id);
    return item ? { ...toOutgoingRow(item, newest), key } : toMessageRow(newest, sources, key);
  };
}

/** Returns a function that finds a row by its key. Most rows keep their index, and need no lookup table. */
function createRowFinder(
  rows: readonly ConversationMessage[],
): (key: string, index?: number) => ConversationMessage | undefined {
  let byKey: Map<string, ConversationMessage> | undefined;
  return (key, index = rows.length) => {
    if (rows[index]?.key === key) return rows[index];
    byKey ??= new Map(rows.map((row) => [row.key, row]));
    return byKey.get(key);
  };
}

function findOpener(outbox: Outbox): OutboxItem | undefined {
  return outbox.find((item) => item.opensThread);
}

function toMessageRow(
  message: Message,
  { endedRunId }: RowSources,
  key = message.id,
): ConversationMessage {
  const isOver = endedRunId !== undefined && message.run_id === endedRunId;
  const state = message.status === 'in_progress' && !isOver ? 'growing' : 'stored';
  return { key, message, state, error: undefined };
}

function toOutgoingRow(item: OutboxItem, message: Message): ConversationMessage {
  const state = item.state === 'delivered' ? 'stored' : item.state;
  return { key: item.key, message, state, error: item.error };
}

function reuseIfSame(
  row: ConversationMessage,
  previous: ConversationMessage | undefined,
): ConversationMessage {
  const isSame =
    previous?.message === row.message &&
    previous.state === row.state &&
    previous.error === row.error;
  return isSame ? previous : row;
}

/** Returns true for a message that shows nothing. An incomplete one shows why. */
function isEmptyAnswer({ role, status, content, attachments, file_ids }: Message): boolean {
  return (
    role === 'assistant' &&
    status === 'completed' &&
    content.every((part) => part.type === 'text' && part.text.value.trim() === '') &&
    !attachments?.length &&
    !file_ids?.length
  );
}

function countCharacters({ content }: Message): number {
  return content.reduce(
    (sum, part) => sum + (part.type === 'text' ? part.text.value.length : 0),
    0,
  );
}
