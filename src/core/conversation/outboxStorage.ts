import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/client.js';
import {
  AssistantsError,
  type AssistantsErrorFields,
  type AssistantsErrorKind,
} from '../../client/errors.js';
import { readSessionText, writeSessionText } from '../../common/sessionText.js';
import type { Conversation } from './Conversation.js';
import { createConversation } from './createConversation.js';
import type { OutboxItem } from './OutboxItem.js';

const PREFIX = 'assistants-react:outbox:';

interface StoredItem extends Omit<OutboxItem, 'error'> {
  error: { kind: AssistantsErrorKind; message: string; fields: AssistantsErrorFields } | undefined;
}

interface Page {
  /** Conversations that nobody looks at, and that still have something to send. */
  left: Map<Conversation, AssistantsClient>;
  /** Keys of what is, or was, in a conversation of this page. */
  known: Set<string>;
}

/** A page has one cache. */
const pages = new WeakMap<QueryClient, Page>();

/** A conversation of this thread that was left with something in its outbox, or a new one. */
export function openConversation(
  client: AssistantsClient,
  queryClient: QueryClient,
  threadId: string | undefined,
): Conversation {
  const { left, known } = toPage(queryClient);
  for (const [conversation, of] of left) {
    const { threadId: inThread, outbox } = conversation.getState();
    if (of === client && inThread === threadId && outbox.length > 0) return conversation;
  }
  const opened = createConversation(client, queryClient, threadId);
  storeOutbox(client, opened, known);
  return opened;
}

/**
 * Takes a conversation into use, with what the page before this one had not sent in its thread. Returns how to leave it: then
 * it is kept while something is in its outbox.
 */
export function enterConversation(
  client: AssistantsClient,
  queryClient: QueryClient,
  conversation: Conversation,
): () => void {
  const { left, known } = toPage(queryClient);
  left.delete(conversation);
  conversation.retain();
  const items = read(nameOf(client, conversation)).filter(({ key }) => !known.has(key));
  if (items.length > 0) conversation.restore(items.map(failedItem));
  return () => {
    conversation.release();
    left.set(conversation, client);
    for (const [other] of left) if (other.getState().outbox.length === 0) left.delete(other);
  };
}

/** Stores what is not sent with every change of it, also while nobody looks. */
function storeOutbox(
  client: AssistantsClient,
  conversation: Conversation,
  known: Set<string>,
): void {
  let { outbox } = conversation.getState();
  let name = nameOf(client, conversation);
  conversation.subscribe(() => {
    const before = { name, outbox };
    ({ outbox } = conversation.getState());
    name = nameOf(client, conversation);
    if (before.name === name && before.outbox === outbox) return;
    for (const { key } of outbox) known.add(key);
    if (before.name !== name) replace(before.name, before.outbox, []);
    replace(name, before.outbox, outbox);
  });
}

function nameOf({ scope }: AssistantsClient, conversation: Conversation): string {
  return `${PREFIX}${scope}:${conversation.getState().threadId ?? 'new'}`;
}

function toPage(queryClient: QueryClient): Page {
  const page = pages.get(queryClient) ?? { left: new Map(), known: new Set() };
  pages.set(queryClient, page);
  return page;
}

/** Stores items in place of earlier ones. What is there besides is of another view of the thread, or waits for the next page. */
function replace(name: string, before: readonly OutboxItem[], now: readonly OutboxItem[]): void {
  if (before.length === 0 && now.length === 0) return;
  const own = new Set([...before, ...now].map(({ key }) => key));
  const items = [
    ...read(name).filter(({ key }) => !own.has(key)),
    ...now.filter(({ state }) => state !== 'delivered').map(storedItem),
  ];
  writeSessionText(name, items.length === 0 ? undefined : JSON.stringify(items));
}

function read(name: string): StoredItem[] {
  try {
    // Nobody but `replace` stores under this name.
    return JSON.parse(readSessionText(name) ?? '[]') as StoredItem[];
  } catch {
    return [];
  }
}

/** With what is told of a failure. */
function storedItem({ error, ...item }: OutboxItem): StoredItem {
  if (!error) return { ...item, error };
  const { kind, message, status, requestId } = error;
  return {
    ...item,
    error: { kind, message, fields: { requestId, ...(status !== undefined && { status }) } },
  };
}

/** As failed: nothing is sent again unless somebody asks for it. */
function failedItem({ error, ...item }: StoredItem): OutboxItem {
  return {
    ...item,
    state: 'failed',
    opensThread: false,
    isUnconfirmed: item.isUnconfirmed || item.state === 'sending',
    error: error
      ? new AssistantsError(error.kind, error.message, error.fields)
      : new AssistantsError('aborted', 'The page was left before the message was sent.', {
          retryable: true,
        }),
  };
}
