import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import {
  findOpeningMessageId,
  pickNewerSnapshot,
  type ConversationMessage,
  type RowSources,
} from '../core/conversation/buildRows.js';
import type { Conversation } from '../core/conversation/Conversation.js';
import type { FollowedRunState } from '../core/run/FollowedRun.js';
import type { Message } from '../protocol/types.js';
import { useThreadMessages } from './operations/messages.js';
import { useConversationState } from './useConversationState.js';
import { useFollowedRun } from './useFollowedRun.js';

/** Older messages of a conversation. */
export interface ConversationHistory {
  /** True if the server has messages that are older than the loaded ones. */
  hasOlder: boolean;
  /** True while older messages are being loaded. */
  isLoadingOlder: boolean;
  /** Loads the next page of older messages. Changes its identity with every render. */
  loadOlder: () => void;
}

const NO_MESSAGES: readonly Message[] = [];

/**
 * Returns the rows of a conversation and its history. Renders when rows are added or removed and when a message starts or
 * ends growing, but not while it grows: use `useGrowingMessage` for its text. Source: listMessages.
 */
export function useConversationRows(conversation: Conversation) {
  const { threadId, outbox, followed, rowKeys } = useConversationState(conversation);
  const query = useThreadMessages({ threadId });
  const stored = query.data ?? NO_MESSAGES;
  const [selectStable] = useState(createStableSelector);
  const written = useFollowedRun(followed, selectStable);
  const sources = useMemo(
    () => ({ stored, ...written, outbox, rowKeys }),
    [stored, written, outbox, rowKeys],
  );
  const rows = useMemo(() => conversation.getRows(sources), [conversation, sources]);

  const openingMessageId = findOpeningMessageId(sources);
  useEffect(() => {
    const opener = outbox.find((item) => item.opensThread);
    if (opener && openingMessageId !== undefined)
      conversation.confirmSent(opener.key, openingMessageId);
  }, [openingMessageId, outbox, conversation]);
  // Before the browser paints: until then, a message that was restored after its copy was loaded is shown twice.
  useLayoutEffect(() => {
    if (outbox.some(({ isUnconfirmed }) => isUnconfirmed)) conversation.reconcile(stored);
  }, [outbox, stored, followed, conversation]);

  const { hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const history: ConversationHistory = {
    hasOlder: hasNextPage,
    isLoadingOlder: isFetchingNextPage,
    loadOlder: () => void fetchNextPage(),
  };
  return { rows, history, query };
}

/** Returns the newest snapshot of the message of a row. Renders at most once for each frame in which the message grows. */
export function useGrowingMessage(
  conversation: Conversation,
  { message, state }: ConversationMessage,
): Message {
  const { followed } = conversation.getState();
  return useFollowedRun(state === 'growing' ? followed : undefined, ({ messages }) =>
    pickNewerSnapshot(
      message,
      messages.findLast(({ id }) => id === message.id),
    ),
  );
}

type WrittenMessages = Pick<RowSources, 'runMessages' | 'endedRunId'>;

/** Returns a selector that keeps its result until a message is added or removed or changes its status, or the run ends. */
function createStableSelector(): (state: FollowedRunState) => WrittenMessages {
  let selected: WrittenMessages = { runMessages: NO_MESSAGES, endedRunId: undefined };
  return ({ messages, phase, run }) => {
    const endedRunId = phase === 'settled' || phase === 'failed' ? run?.id : undefined;
    const isSame =
      endedRunId === selected.endedRunId &&
      (endedRunId === undefined
        ? hasSameStatuses(messages, selected.runMessages)
        : messages === selected.runMessages);
    if (!isSame) selected = { runMessages: messages, endedRunId };
    return selected;
  };
}

function hasSameStatuses(a: readonly Message[], b: readonly Message[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ id, status }, index) => b[index]?.id === id && b[index]?.status === status)
  );
}
