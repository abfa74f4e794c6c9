import { createContext, type ReactNode } from 'react';
import type { Feedback } from '../../../components/message/FeedbackButtons.js';
import type { Message } from '../../../protocol/types.js';

/** What an app adds to the actions of every message of a thread. */
export interface MessageActionsOptions {
  /** A person judges an answer, or with undefined takes it back. Without it there are no such buttons. */
  onFeedback?: ((message: Message, feedback: Feedback) => void) | undefined;
  /** Buttons of your own behind ours. */
  renderActions?: ((message: Message) => ReactNode) | undefined;
}

/** Holds what the app adds to the actions of messages. */
export const MessageActionsContext = createContext<MessageActionsOptions>({});
