import type { AssistantsError } from '../../client/errors.js';
import type { Message } from '../../protocol/types.js';
import { localMessage } from '../../queries/localMessages.js';
import type { OutboxItem } from './outbox.js';

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
  written: readonly Message[];
  outbox: readonly OutboxItem[];
  /** Row keys of messages that were sent from here, by message id. */
  keys: ReadonlyMap<string, string>;
}

/**
 * One list of all that is said, oldest first, each message once. Rows whose message and state are those of `previous` are
 * taken from there, so that only what has changed renders.
 */
export function conversationRows(
  { stored, written, outbox, keys }: RowSources,
  previous: readonly ConversationMessage[] = [],
): ConversationMessage[] {
  const known = previous.length > 0 ? knownIn(previous) : undefined;
  const rows: ConversationMessage[] = [];
  const put = (row: ConversationMessage) => {
    const before = known?.(row.key, rows.length);
    rows.push(before && isSame(before, row) ? before : row);
  };
  const failedRuns = new Map(outbox.flatMap((item) => (item.storedId === undefined ? [] : [[item.storedId, item]])));
  const writtenById = new Map(written.map((message) => [message.id, message]));
  const opener = openerOf(outbox);
  const openerId = openingMessageId({ stored, outbox, keys });

  for (const message of stored) {
    // Nearly all of a long thread is only stored; to look for each of its ids would be what opening it costs.
    const growing = writtenById.size > 0 ? writtenById.get(message.id) : undefined;
    if (growing) writtenById.delete(message.id);
    const newer = newerOf(message, growing);
    const item = failedRuns.size > 0 ? failedRuns.get(message.id) : undefined;
    const sentKey = keys.size > 0 ? keys.get(message.id) : undefined;
    const key = message.id === openerId && opener ? opener.key : (sentKey ?? message.id);
    const state = item ? stateOf(item) : newer.status === 'in_progress' ? 'growing' : 'stored';
    put({ key, message: newer, state, error: item?.error });
  }
  const answers = [...writtenById.values()].map(answerRow);
  const waiting = outbox.filter((item) => item.storedId === undefined && !(item === opener && openerId !== undefined));
  // The message that opens a thread is asked for while its answer already comes.
  const [first, ...rest] = waiting;
  if (first && first === opener) put(outboxRow(first, known?.(first.key)));
  answers.forEach(put);
  for (const item of first === opener ? rest : waiting) put(outboxRow(item, known?.(item.key)));
  return rows;
}

/** The id of the message that opened the thread: nobody told us when it was made. Undefined until the list has it. */
export function openingMessageId({ stored, outbox, keys }: Omit<RowSources, 'written'>): string | undefined {
  if (!openerOf(outbox)) return undefined;
  return stored.find((message) => message.role === 'user' && !keys.has(message.id))?.id;
}

/** The rows with what has been written since they were put together; those that do not grow stay the same objects. */
export function withGrowth(rows: ConversationMessage[], written: readonly Message[]): ConversationMessage[] {
  let grown = rows;
  for (const message of written) {
    const index = rows.findLastIndex((row) => row.message.id === message.id);
    const row = rows[index];
    const newer = row && newerOf(row.message, message);
    if (!row || !newer || newer === row.message) continue;
    if (grown === rows) grown = [...rows];
    grown[index] = { ...row, message: newer };
  }
  return grown;
}

/** Of a message as it is stored and as a run has written it so far, the one that has got further. */
export function newerOf(stored: Message, written: Message | undefined): Message {
  if (!written || stored.status !== 'in_progress') return stored;
  return written.status !== 'in_progress' || textLength(written) >= textLength(stored) ? written : stored;
}

/** Finds rows by key. Nearly all are where they were, and need no index. */
function knownIn(rows: readonly ConversationMessage[]): (key: string, place?: number) => ConversationMessage | undefined {
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

function outboxRow(item: OutboxItem, before: ConversationMessage | undefined): ConversationMessage {
  return { key: item.key, message: before?.message ?? provisional(item), state: stateOf(item), error: item.error };
}

function answerRow(message: Message): ConversationMessage {
  const state = message.status === 'in_progress' ? 'growing' : 'stored';
  return { key: message.id, message, state, error: undefined };
}

function stateOf(item: OutboxItem): ConversationMessage['state'] {
  return item.state === 'delivered' ? 'stored' : item.state;
}

function isSame(before: ConversationMessage, now: ConversationMessage): boolean {
  return before.message === now.message && before.state === now.state && before.error === now.error;
}

function textLength(message: Message): number {
  return message.content.reduce((sum, part) => sum + (part.type === 'text' ? part.text.value.length : 0), 0);
}

/** How a message looks until the server has it. */
export function provisional({ key, body, createdAt }: OutboxItem): Message {
  return localMessage(key, { threadId: '', body }, createdAt);
}
