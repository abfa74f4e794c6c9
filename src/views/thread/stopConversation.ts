import type { Conversation } from '../../core/conversation/Conversation.js';

/** Stops the answer in progress. `onError` of the conversation receives a failure, so the rejection has no other handler. */
export function stopConversation(conversation: Conversation): void {
  conversation.stop().catch(() => undefined);
}
