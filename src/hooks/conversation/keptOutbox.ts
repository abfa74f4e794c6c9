import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/client.js';
import { AssistantsError, type AssistantsErrorFields, type AssistantsErrorKind } from '../../client/errors.js';
import { readPage, writePage } from '../pageStorage.js';
import type { Conversation } from './Conversation.js';
import { createConversation } from './createConversation.js';
import type { OutboxItem } from './outbox.js';

const PREFIX = 'assistants-react:outbox:';

interface StoredItem extends Omit<OutboxItem, 'error'> {
  error: { kind: AssistantsErrorKind; message: string; fields: AssistantsErrorFields } | undefined;
}

interface Page {
  /** Conversations that nobody looks at, and that still have something to send. */
  left: Map<Conversation, AssistantsClient>;
  /** What was stored under these names is in a conversation already. */
  restored: Set<string>;
}

/** A page has one cache. */
const pages = new WeakMap<QueryClient, Page>();
const stored = new WeakSet<Conversation>();

/** A conversation of this thread that was left with something in its outbox, or a new one. */
export function openConversation(client: AssistantsClient, queryClient: QueryClient, threadId: string | undefined): Conversation {
  for (const [conversation, of] of pageOf(queryClient).left) {
    const { threadId: inThread, outbox } = conversation.getState();
    if (of === client && inThread === threadId && outbox.length > 0) return conversation;
  }
  return createConversation(client, queryClient, threadId);
}

/**
 * Takes a conversation into use, with what the page before this one had not sent in its thread. Returns how to leave it: then
 * it is kept while something is in its outbox.
 */
export function enterConversation(client: AssistantsClient, queryClient: QueryClient, conversation: Conversation): () => void {
  const { left, restored } = pageOf(queryClient);
  left.delete(conversation);
  conversation.attach();
  const name = nameOf(client, conversation);
  if (!restored.has(name)) {
    restored.add(name);
    const items = read(name);
    if (items.length > 0) conversation.restore(items);
  }
  storeOutbox(client, conversation);
  return () => {
    conversation.detach();
    left.set(conversation, client);
    for (const [other] of left) if (other.getState().outbox.length === 0) left.delete(other);
  };
}

/** Stores what is not sent with every change of it, also while nobody looks. */
function storeOutbox(client: AssistantsClient, conversation: Conversation): void {
  if (stored.has(conversation)) return;
  stored.add(conversation);
  let { outbox } = conversation.getState();
  let name = nameOf(client, conversation);
  conversation.subscribe(() => {
    const before = { name, outbox };
    ({ outbox } = conversation.getState());
    name = nameOf(client, conversation);
    if (before.name === name && before.outbox === outbox) return;
    if (before.name !== name && before.outbox.length > 0) writePage(before.name, undefined);
    if (before.outbox.length > 0 || outbox.length > 0) write(name, outbox);
  });
}

function nameOf({ scope }: AssistantsClient, conversation: Conversation): string {
  return `${PREFIX}${scope}:${conversation.getState().threadId ?? 'new'}`;
}

function pageOf(queryClient: QueryClient): Page {
  const page = pages.get(queryClient) ?? { left: new Map(), restored: new Set() };
  pages.set(queryClient, page);
  return page;
}

function write(name: string, outbox: readonly OutboxItem[]): void {
  const items = outbox.filter(({ state }) => state !== 'delivered').map((item): StoredItem => ({ ...item, error: item.error && plain(item.error) }));
  writePage(name, items.length === 0 ? undefined : JSON.stringify(items));
}

/** As failed: nothing is sent again unless somebody asks for it. */
function read(name: string): OutboxItem[] {
  try {
    // Nobody but `write` stores under this name.
    const items = JSON.parse(readPage(name) ?? '[]') as StoredItem[];
    return items.map((item) => ({
      ...item,
      state: 'failed',
      opensThread: false,
      isUnsure: item.isUnsure || item.state === 'sending',
      error: errorOf(item.error),
    }));
  } catch {
    return [];
  }
}

/** What is told of a failure. */
function plain({ kind, message, status, requestId }: AssistantsError): NonNullable<StoredItem['error']> {
  return { kind, message, fields: { ...(status !== undefined && { status }), ...(requestId !== undefined && { requestId }) } };
}

function errorOf(stored: StoredItem['error']): AssistantsError {
  if (stored) return new AssistantsError(stored.kind, stored.message, stored.fields);
  return new AssistantsError('aborted', 'The page was left before the message was sent.', { retryable: true });
}
