import type { AssistantsError } from '../../client/errors.js';
import type { Message } from '../../protocol/types.js';
import { createOptimisticMessage } from '../../queries/cache/optimisticMessages.js';
import type { OutboxItem } from './OutboxItem.js';

/** One message of a conversation as a list shows it. */
export interface ConversationMessage {
  /** Of the row: stays the same when a message that was sent gets its id from the server. */
  key: string;
  message: Message;
  /** 'growing' is being written by the run; 'queued', 'sending' and 'failed' are on their way from here. */
  state: 'stored' | 'growing' | 'queued' | 'sending' | 'failed';
  /** Why it could not be sent. */
  error: AssistantsError | undefined;
}

export interface RowSources {
  /** What the server has stored, oldest first. */
  stored: readonly Message[];
  /** What the followed run writes. */
  runMessages: readonly Message[];
  outbox: readonly OutboxItem[];
  /** Row keys of messages that were sent from here, by message id. */
  rowKeys: ReadonlyMap<string, string>;
}

/**
 * One list of all that is said, oldest first, each message once. Rows whose message and state are those of `previous` are
 * taken from there, so that only what has changed renders.
 */
export function buildRows(
  { stored, runMessages, outbox, rowKeys }: RowSources,
  previous: readonly ConversationMessage[] = [],
): ConversationMessage[] {
  const known = knownIn(previous);
  const failedRuns = new Map(
    outbox.flatMap((item) => (item.storedId === undefined ? [] : [[item.storedId, item]])),
  );
  const unstored = new Map(runMessages.map((message) => [message.id, message]));
  const opener = openerOf(outbox);
  const openerId = findOpeningMessageId({ stored, outbox, rowKeys });

  const rowOf = (message: Message): ConversationMessage => {
    const { id } = message;
    const newer = pickNewerSnapshot(message, unstored.get(id));
    unstored.delete(id);
    const item = failedRuns.get(id);
    const key = opener && id === openerId ? opener.key : (rowKeys.get(id) ?? id);
    return item
      ? { key, message: newer, state: stateOf(item), error: item.error }
      : storedRow(newer, key);
  };
  const outgoingRow = (item: OutboxItem): ConversationMessage => {
    const message = known(item.key)?.message ?? toOptimisticMessage(item);
    return { key: item.key, message, state: stateOf(item), error: item.error };
  };
  // Nearly all of a long thread is only stored; to look for each of its ids would be what opening it costs.
  const isPlain = !opener && failedRuns.size + unstored.size + rowKeys.size === 0;
  const rows = stored.map((message) => (isPlain ? storedRow(message) : rowOf(message)));
  const waiting = outbox.filter(
    (item) => item.storedId === undefined && !(item === opener && openerId !== undefined),
  );
  // The message that opens a thread is asked for while its answer already comes.
  const asked = waiting[0] === opener ? 1 : 0;
  const all = rows.concat(
    waiting.slice(0, asked).map(outgoingRow),
    [...unstored.values()].map((message) => storedRow(message)),
    waiting.slice(asked).map(outgoingRow),
  );
  return previous.length === 0 ? all : all.map((row, place) => sameOf(row, known(row.key, place)));
}

/** The id of the message that opened the thread: nobody told us when it was made. Undefined until the list has it. */
export function findOpeningMessageId({
  stored,
  outbox,
  rowKeys,
}: Omit<RowSources, 'runMessages'>): string | undefined {
  if (!openerOf(outbox)) return undefined;
  return stored.find((message) => message.role === 'user' && !rowKeys.has(message.id))?.id;
}

/** The rows with what has been written since they were put together; those that do not grow stay the same objects. */
export function applyRunMessages(
  rows: ConversationMessage[],
  written: readonly Message[],
): ConversationMessage[] {
  let grown = rows;
  for (const message of written) {
    const index = rows.findLastIndex((row) => row.message.id === message.id);
    const row = rows[index];
    const newer = row && pickNewerSnapshot(row.message, message);
    if (!row || !newer || newer === row.message) continue;
    if (grown === rows) grown = [...rows];
    grown[index] = { ...row, message: newer };
  }
  return grown;
}

/** Of a message as it is stored and as a run has written it so far, the one that has got further. */
export function pickNewerSnapshot(stored: Message, written: Message | undefined): Message {
  if (!written || stored.status !== 'in_progress') return stored;
  return written.status !== 'in_progress' || textLength(written) >= textLength(stored)
    ? written
    : stored;
}

/** Finds rows by key. Nearly all are where they were, and need no index. */
function knownIn(
  rows: readonly ConversationMessage[],
): (key: string, place?: number) => ConversationMessage | undefined {
  let byKey: Map<string, ConversationMessage> | undefined;
  return (key, place = rows.length) => {
    if (rows[place]?.key === key) return rows[place];
    byKey ??= new Map(rows.map((row) => [row.key, row]));
    return byKey.get(key);
  };
}

function openerOf(outbox: readonly OutboxItem[]): OutboxItem | undefined {
  return outbox.find((item) => item.opensThread);
}

function storedRow(message: Message, key = message.id): ConversationMessage {
  return {
    key,
    message,
    state: message.status === 'in_progress' ? 'growing' : 'stored',
    error: undefined,
  };
}

function stateOf(item: OutboxItem): ConversationMessage['state'] {
  return item.state === 'delivered' ? 'stored' : item.state;
}

/** The row as it was before, where nothing of it has changed. */
function sameOf(
  row: ConversationMessage,
  before: ConversationMessage | undefined,
): ConversationMessage {
  return before?.message === row.message && before.state === row.state && before.error === row.error
    ? before
    : row;
}

function textLength(message: Message): number {
  return message.content.reduce(
    (sum, part) => sum + (part.type === 'text' ? part.text.value.length : 0),
    0,
  );
}

/** How a message looks until the server has it. */
export function toOptimisticMessage({ key, body, createdAt }: OutboxItem): Message {
  return createOptimisticMessage(key, { threadId: '', body }, createdAt);
}
