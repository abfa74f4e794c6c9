import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { ConversationSettings, ConversationState } from './Conversation.js';
import type { ConversationEvent } from './reduceConversation.js';
import type { Presence, PresenceEvent } from './reducePresence.js';

/** State and effects that the parts of one conversation share. */
export interface ConversationContext {
  readonly client: AssistantsClient;
  readonly queryClient: QueryClient;
  readonly getState: () => ConversationState;
  readonly dispatch: (event: ConversationEvent) => void;
  readonly getSettings: () => ConversationSettings;
  readonly getPresence: () => Presence;
  readonly changePresence: (event: PresenceEvent) => void;
}
