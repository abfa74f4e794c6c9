import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useState } from 'react';
import { runWhenIdle } from '../common/runWhenIdle.js';
import type { Conversation, ConversationSettings } from '../core/conversation/Conversation.js';
import { mountConversation, openConversation } from '../core/conversation/conversationRegistry.js';
import { preloadFollowing } from '../core/conversation/loadFollowing.js';
import type { Tool } from './defineTool.js';
import { useNewestRun } from './useActiveRun.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import type { ToolCallsOptions } from '../core/tools/ToolCallsEngine.js';

/** Options of `useConversation`. */
export interface ConversationOptions extends ConversationSettings {
  /**
   * Thread to show. With null or undefined, the first message creates a thread, which stays open until the component unmounts
   * or gets another id. Keep the id that `onThreadIdChange` receives, and pass it, to open the thread again later.
   */
  threadId?: string | null | undefined;
  /** Functions that the assistant can call. Calls of other functions are answered by the user. See `useToolCalls`. @default [] */
  tools?: readonly Tool[] | undefined;
  toolOptions?: ToolCallsOptions | undefined;
}

/**
 * Returns the conversation of a thread as a store, for components that subscribe to parts of it. Use `useConversation` for the
 * whole state.
 *
 * On mount it follows the active run of the thread, or shows why the last run has failed. On unmount it detaches: runs
 * continue on the server, queued messages are still sent, and failed messages are restored when the thread is opened again,
 * also after a reload of the page.
 */
export function useConversationStore({
  threadId: optionalThreadId,
  ...settings
}: Omit<ConversationOptions, 'tools' | 'toolOptions'>): Conversation {
  const client = useAssistantsClient();
  const queryClient = useQueryClient();
  const threadId = optionalThreadId ?? undefined;
  const [current, setCurrent] = useState(() => ({
    threadId,
    client,
    conversation: openConversation(client, queryClient, threadId),
  }));
  let { conversation } = current;
  if (current.threadId !== threadId || current.client !== client) {
    // `onThreadIdChange` makes the caller pass the thread that the conversation itself has created or left.
    const isSame = current.client === client && threadId === conversation.getState().threadId;
    if (!isSame) conversation = openConversation(client, queryClient, threadId);
    setCurrent({ threadId, client, conversation });
  }

  useLayoutEffect(() => conversation.configure(settings));
  useEffect(
    () => mountConversation(client, queryClient, conversation),
    [client, queryClient, conversation],
  );
  const canRun = Boolean(settings.assistantId);
  // The first message then does not wait for the code, and a page that goes offline has it.
  useEffect(() => (canRun ? runWhenIdle(preloadFollowing) : undefined), [canRun]);

  const { data: newestRun } = useNewestRun(threadId);
  useEffect(() => {
    if (newestRun && newestRun.status !== 'completed') conversation.adopt(newestRun);
  }, [conversation, newestRun]);
  return conversation;
}
