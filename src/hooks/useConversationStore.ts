import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type {
  Conversation,
  ConversationSettings,
  ConversationState,
} from '../core/conversation/Conversation.js';
import { mountConversation, openConversation } from '../core/conversation/conversationRegistry.js';
import { useNewestRun } from './useActiveRun.js';
import type { Tool } from '../core/tools/defineTool.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import type { ToolCallsOptions } from './useToolCalls.js';

export interface ConversationOptions extends ConversationSettings {
  /** Controlled: null or undefined begins a new thread with the first message, reported by `onThreadIdChange`. */
  threadId?: string | null | undefined;
  /** The functions that run here, or wait for a person. Others are forms for a person. See `useToolCalls`. @default none */
  tools?: readonly Tool[] | undefined;
  toolOptions?: ToolCallsOptions | undefined;
}

/**
 * The conversation of a thread as a store, for parts that each watch what concerns them. It adopts a run that is active
 * when the thread is opened, or shows how the last one ended where that was not well, and detaches on unmount; runs go on
 * without it, and what could not be sent waits for the thread to be opened again, by this page or the next one of the tab.
 */
export function useConversationStore({
  threadId,
  ...settings
}: Omit<ConversationOptions, 'tools' | 'toolOptions'>): Conversation {
  const client = useAssistantsClient();
  const queryClient = useQueryClient();
  const asked = threadId ?? undefined;
  const [held, setHeld] = useState(() => ({
    asked,
    client,
    store: openConversation(client, queryClient, asked),
  }));
  let { store } = held;
  if (held.asked !== asked || held.client !== client) {
    // The thread that a conversation has just made, or left, comes back as its own.
    const isOwn = held.client === client && asked === store.getState().threadId;
    if (!isOwn) store = openConversation(client, queryClient, asked);
    setHeld({ asked, client, store });
  }

  useLayoutEffect(() => store.configure(settings));
  useEffect(() => mountConversation(client, queryClient, store), [client, queryClient, store]);

  const { data: newest } = useNewestRun(asked);
  useEffect(() => {
    if (newest && newest.status !== 'completed') store.adopt(newest);
  }, [store, newest]);
  return store;
}

/** The outbox, the thread and the followed run of a conversation. */
export function useConversationState(store: Conversation): ConversationState {
  return useSyncExternalStore(store.subscribe, store.getState, store.getState);
}
