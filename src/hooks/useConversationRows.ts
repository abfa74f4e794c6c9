import { useEffect, useMemo, useState } from 'react';
import type { Message } from '../protocol/types.js';
import {
  pickNewerSnapshot,
  findOpeningMessageId,
  type ConversationMessage,
} from '../core/conversation/buildRows.js';
import type { Conversation } from '../core/conversation/Conversation.js';
import { useThreadMessages } from './operations/messages.js';
import { useConversationState } from './useConversationStore.js';
import { useFollowedRun } from './useFollowedRun.js';

const NO_MESSAGES: readonly Message[] = [];

/**
 * The rows of a conversation, and the older ones that can be loaded. Renders when one comes, goes, or begins or ends to grow,
 * and not while it grows: what a growing row says by now is for `useGrowingMessage`. Source: listMessages.
 */
export function useConversationRows(store: Conversation) {
  const { threadId, outbox, followed, rowKeys } = useConversationState(store);
  const query = useThreadMessages({ threadId });
  const stored = query.data ?? NO_MESSAGES;
  const [outlineOf] = useState(createOutline);
  const written = useFollowedRun(followed, (state) => outlineOf(state.messages));
  const sources = useMemo(
    () => ({ stored, runMessages: written, outbox, rowKeys }),
    [stored, written, outbox, rowKeys],
  );
  const rows = useMemo(() => store.getRows(sources), [store, sources]);
  const openingId = findOpeningMessageId(sources);
  useEffect(() => {
    const opener = outbox.find((item) => item.opensThread);
    if (opener && openingId !== undefined) store.confirmSent(opener.key, openingId);
  }, [openingId, outbox, store]);
  useEffect(() => {
    if (outbox.some(({ isUnconfirmed }) => isUnconfirmed)) store.reconcile(stored);
  }, [outbox, stored, followed, store]);
  const { hasNextPage: hasOlder, fetchNextPage, isFetchingNextPage: isLoadingOlder } = query;
  const history = { hasOlder, isLoadingOlder, loadOlder: () => void fetchNextPage() };
  return { rows, history, query };
}

/** The message of a row as it is by now; renders with every frame in which it has grown. */
export function useGrowingMessage(
  store: Conversation,
  { message, state }: ConversationMessage,
): Message {
  const { followed } = store.getState();
  return useFollowedRun(state === 'growing' ? followed : undefined, ({ messages }) =>
    pickNewerSnapshot(
      message,
      messages.findLast(({ id }) => id === message.id),
    ),
  );
}

/** The same list for as long as its messages are the same ones and none has ended. */
function createOutline(): (messages: readonly Message[]) => readonly Message[] {
  let outline = NO_MESSAGES;
  return (messages) => {
    const isSame =
      messages.length === outline.length &&
      messages.every(
        ({ id, status }, index) => outline[index]?.id === id && outline[index]?.status === status,
      );
    if (!isSame) outline = messages;
    return outline;
  };
}
