import type { ReactElement } from 'react';
import { createPart, type PartProps } from '../part.js';
import { useMessageContext } from './MessageContext.js';

/** Props of `Message.Caret`. */
export interface MessageCaretProps extends PartProps<'p'> {}

/** Caret of a streamed message that has no content yet. Renders nothing otherwise. Element: p. */
export function MessageCaret(props: MessageCaretProps): ReactElement | null {
  const { message, isStreaming } = useMessageContext('Message.Caret');
  if (!isStreaming || message.content.length > 0) return null;
  return createPart({ tag: 'p', name: 'caret' }, props);
}
