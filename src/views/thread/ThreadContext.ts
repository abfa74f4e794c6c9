import { createContext, useContext } from 'react';
import type { Conversation } from '../../hooks/conversation/Conversation.js';

/** The conversation of the thread around. */
export const ThreadContext = createContext<Conversation | undefined>(undefined);

/** The conversation of the thread around a part. @throws Error outside `Thread.Root` */
export function useThreadConversation(): Conversation {
  const conversation = useContext(ThreadContext);
  if (!conversation) throw new Error('useThreadConversation: no thread around this part. Put it inside <Thread.Root assistantId={...}>.');
  return conversation;
}
