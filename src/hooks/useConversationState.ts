import { useSyncExternalStore } from 'react';
import type { Conversation, ConversationState } from '../core/conversation/Conversation.js';

/**
 * Subscribes to the state of a conversation. Not in `useConversationStore.ts`: lazy modules import it, and bundlers
 * would move the code that they share with the page, which is all that creates conversations, into a file of its own.
 */
export function useConversationState(conversation: Conversation): ConversationState {
  return useSyncExternalStore(conversation.subscribe, conversation.getState, conversation.getState);
}
