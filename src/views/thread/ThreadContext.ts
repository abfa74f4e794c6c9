import { createContext, useContext } from 'react';
import type { Conversation } from '../../core/conversation/Conversation.js';
import type { UseToolCallsResult } from '../../hooks/useToolCallsEngine.js';
import type { ThreadNavigation, ThreadNavigationStore } from './ThreadNavigation.js';

/** Provides the conversation of `Thread.Root`. */
export const ThreadContext = createContext<Conversation | undefined>(undefined);

/** Provides the function calls of `Thread.Root`. */
export const ThreadToolCallsContext = createContext<UseToolCallsResult | undefined>(undefined);

/** True if `Thread.Root` has an assistant, so that the user can ask for an answer. */
export const HasAssistantContext = createContext(false);

/** Provides the option `showReasoning` of `Thread.Root`. */
export const ShowsReasoningContext = createContext(true);

/** Provides the navigation of `Thread.Root`. */
export const ThreadNavigationContext = createContext<ThreadNavigationStore | undefined>(undefined);

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

/**
 * Returns the navigation of the surrounding thread, for custom parts. Outside of the thread, use the `navigationRef` of
 * `Thread.Root`.
 *
 * @throws Error outside `Thread.Root`
 */
export function useThreadNavigation(): ThreadNavigation {
  return useThreadNavigationStore();
}

/** Returns the navigation of the surrounding thread with its message list. */
export function useThreadNavigationStore(): ThreadNavigationStore {
  const navigation = useContext(ThreadNavigationContext);
  if (!navigation) throw createContextError('useThreadNavigation');
  return navigation;
}

function createContextError(hook: string): Error {
  return new Error(
    `${hook} must be used inside <Thread.Root>. Wrap the part in <Thread.Root assistantId={...}>.`,
  );
}
