import { createContext, type ReactNode } from 'react';
import type { FeedbackValue } from '../../../components/message/MessageFeedback.js';
import type { Message } from '../../../protocol/types.js';

/** Additions of the app to the actions of every message in a thread. */
export interface MessageActionsOptions {
  /** Called when the user rates an answer, or with undefined when they withdraw it. Without it, there are no such buttons. */
  onFeedback?: ((message: Message, feedback: FeedbackValue) => void) | undefined;
  /** Renders more buttons at the end of the actions. */
  renderActions?: ((message: Message) => ReactNode) | undefined;
}

/** Provides the additions of the app to the actions of messages. */
export const MessageActionsContext = createContext<MessageActionsOptions>({});
