import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { Conversation } from './Conversation.js';
import { createConversation } from './createConversation.js';
import { outboxReader } from './outboxReader.js';
import { getOutboxName, readStoredKeys, updateStoredOutbox } from './outboxStorage.js';

interface ConversationRegistry {
  /** Unmounted conversations with a non-empty outbox. */
  unmounted: Map<Conversation, AssistantsClient>;
  /** Keys of all outbox items that conversations of this page have, or had. Other stored items are of earlier pages. */
  knownKeys: Set<string>;
}

/** One registry for each cache, as a page has one cache. */
const registries = new WeakMap<QueryClient, ConversationRegistry>();

/** Returns the unmounted conversation of a thread if its outbox is not empty, or creates a conversation. */
export function openConversation(
  client: AssistantsClient,
  queryClient: QueryClient,
  threadId: string | undefined,
): Conversation {
  const { unmounted, knownKeys } = getRegistry(queryClient);
  for (const [conversation, itsClient] of unmounted) {
    const state = conversation.getState();
    const isMatch = itsClient === client && state.threadId === threadId;
    if (isMatch && state.outbox.length > 0) return conversation;
  }
  const conversation = createConversation(client, queryClient, threadId);
  persistOutbox(client, conversation, knownKeys);
  return conversation;
}

/**
 * Marks a conversation as mounted, and restores what earlier pages have not sent in its thread. Returns a function for
 * unmount, after which the conversation is kept for as long as its outbox is not empty.
 */
export function mountConversation(
  client: AssistantsClient,
  queryClient: QueryClient,
  conversation: Conversation,
): () => void {
  const { unmounted, knownKeys } = getRegistry(queryClient);
  unmounted.delete(conversation);
  conversation.retain();
  const stopRestoring = restoreOutbox(client, conversation, knownKeys);
  return () => {
    stopRestoring();
    conversation.release();
    unmounted.set(conversation, client);
    for (const [other] of unmounted)
      if (other.getState().outbox.length === 0) unmounted.delete(other);
  };
}

/**
 * Restores the messages that earlier pages have not sent in the thread of the conversation, as soon as the code that reads them
 * is loaded. Returns a function that stops.
 */
function restoreOutbox(
  client: AssistantsClient,
  conversation: Conversation,
  knownKeys: ReadonlySet<string>,
): () => void {
  const name = getEntryName(client, conversation);
  if (readStoredKeys(name).every((key) => knownKeys.has(key))) return () => undefined;
  const restore = (): void => {
    const { value: readOutbox } = outboxReader.getState();
    // The messages of a thread that the user has left meanwhile stay stored.
    if (!readOutbox || getEntryName(client, conversation) !== name) return;
    stop();
    conversation.restore(readOutbox(name).filter(({ key }) => !knownKeys.has(key)));
  };
  const stop = outboxReader.subscribe(restore);
  void outboxReader.load();
  restore();
  return stop;
}

/** Stores the outbox after each of its changes, for the lifetime of the conversation. */
function persistOutbox(
  client: AssistantsClient,
  conversation: Conversation,
  knownKeys: Set<string>,
): void {
  let stored = { name: getEntryName(client, conversation), outbox: conversation.getState().outbox };
  conversation.subscribe(() => {
    const previous = stored;
    const { outbox } = conversation.getState();
    const name = getEntryName(client, conversation);
    if (previous.name === name && previous.outbox === outbox) return;
    stored = { name, outbox };
    for (const { key } of outbox) knownKeys.add(key);
    if (previous.name !== name) updateStoredOutbox(previous.name, previous.outbox, []);
    updateStoredOutbox(name, previous.outbox, outbox);
  });
}

function getEntryName({ scope }: AssistantsClient, conversation: Conversation): string {
  return getOutboxName(scope, conversation.getState().threadId);
}

function getRegistry(queryClient: QueryClient): ConversationRegistry {
  const registry = registries.get(queryClient) ?? {
    unmounted: new Map<Conversation, AssistantsClient>(),
    knownKeys: new Set<string>(),
  };
  registries.set(queryClient, registry);
  return registry;
}
