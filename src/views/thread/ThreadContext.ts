import { createContext, useContext } from 'react';
import type { Conversation } from '../../core/conversation/Conversation.js';
import type { UseToolCallsResult } from '../../hooks/useToolCalls.js';

/** Provides the conversation of `Thread.Root`. */
export const ThreadContext = createContext<Conversation | undefined>(undefined);

/** Provides the function calls of `Thread.Root`. */
export const ThreadToolCallsContext = createContext<UseToolCallsResult | undefined>(undefined);

/**
 * Returns the conversation of the surrounding thread, for custom parts.
 *
 * @throws Error outside `Thread.Root`
 */
export function useThreadConversation(): Conversation {
  const conversation = useContext(ThreadContext);
  if (!conversation) throw createContextError('useThreadConversation');
  return conversation;
}

/**
 * Returns the function calls of the surrounding thread and the actions on them, for custom parts.
 *
 * @throws Error outside `Thread.Root`
 */
export function useThreadToolCalls(): UseToolCallsResult {
  const toolCalls = useContext(ThreadToolCallsContext);
  if (!toolCalls) throw createContextError('useThreadToolCalls');
  return toolCalls;
}

function createContextError(hook: string): Error {
  return new Error(
    `${hook} must be used inside <Thread.Root>. Wrap the part in <Thread.Root assistantId={...}>.`,
  );
}
