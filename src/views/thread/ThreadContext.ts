import { createContext, useContext } from 'react';
import type { Conversation } from '../../core/conversation/Conversation.js';
import type { UseToolCallsResult } from '../../hooks/useToolCalls.js';

/** The conversation of the thread around. */
export const ThreadContext = createContext<Conversation | undefined>(undefined);

/** The function calls of the thread around. */
export const ThreadToolCallsContext = createContext<UseToolCallsResult | undefined>(undefined);

/** The conversation of the thread around a part. @throws Error outside `Thread.Root` */
export function useThreadConversation(): Conversation {
  const conversation = useContext(ThreadContext);
  if (!conversation)
    throw new Error(
      'useThreadConversation: no thread around this part. Put it inside <Thread.Root assistantId={...}>.',
    );
  return conversation;
}

/** The function calls of the thread around a part, and what can be done about them. @throws Error outside `Thread.Root` */
export function useThreadToolCalls(): UseToolCallsResult {
  const toolCalls = useContext(ThreadToolCallsContext);
  if (!toolCalls)
    throw new Error(
      'useThreadToolCalls: no thread around this part. Put it inside <Thread.Root assistantId={...}>.',
    );
  return toolCalls;
}
