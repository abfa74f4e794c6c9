import type { ConversationMessage } from '../../core/conversation/buildRows.js';
import { useConversationRows } from '../../hooks/useConversationRows.js';
import {
  useConversationSummary,
  type ConversationSummary,
} from '../../hooks/useConversationSummary.js';
import { useThreadConversation } from './ThreadContext.js';

/**
 * Returns the state of the surrounding thread, for custom parts: its id, status, run, usage and error. The part renders when
 * one of them changes, and not while a message grows.
 *
 * @throws Error outside `Thread.Root`
 *
 * @example
 * ```tsx
 * import { useThreadState } from 'assistants-react';
 *
 * function Tokens() {
 *   const { usage } = useThreadState();
 *   return usage && <small>{usage.total_tokens} tokens</small>;
 * }
 * ```
 */
export function useThreadState(): ConversationSummary {
  return useConversationSummary(useThreadConversation());
}

/**
 * Returns the loaded messages of the surrounding thread, oldest first, with those that are not sent yet, for custom parts. A
 * row that has not changed is the same object. The part renders when messages are added, removed or completed, and not while
 * one grows.
 *
 * @throws Error outside `Thread.Root`
 */
export function useThreadRows(): readonly ConversationMessage[] {
  return useConversationRows(useThreadConversation()).rows;
}
