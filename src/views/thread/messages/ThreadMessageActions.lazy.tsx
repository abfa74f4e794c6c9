'use client';
import { useContext, type ReactElement } from 'react';
import { MessageFeedback } from '../../../components/message/MessageFeedback.js';
import type { Message } from '../../../protocol/types.js';
import { MessageActionsContext } from './MessageActionsContext.js';

/** Lazy half of `ThreadMessageActions`: buttons that rate an answer. Element: div, a `Message.Feedback`. */
export function ThreadMessageFeedback({ message }: { message: Message }): ReactElement {
  const { onFeedback } = useContext(MessageActionsContext);
  return <MessageFeedback onFeedback={(feedback) => onFeedback?.(message, feedback)} />;
}
