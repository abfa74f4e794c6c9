import type { ReactElement } from 'react';
import { useFormat } from '../i18n/useFormat.js';
import { createPart, type PartProps } from '../part.js';
import { useMessageContext } from './MessageContext.js';

/** Props of `Message.Time`. */
export interface MessageTimeProps extends Omit<PartProps<'time'>, 'children'> {}

/** Time of the message. Renders nothing until the message is delivered. Element: time. */
export function MessageTime(props: MessageTimeProps): ReactElement | null {
  const { message, delivery } = useMessageContext('Message.Time');
  const format = useFormat();
  if (delivery !== 'sent') return null;
  const { created_at: createdAt } = message;
  const defaultProps = {
    children: format.time(createdAt),
    dateTime: new Date(createdAt * 1_000).toISOString(),
    title: format.dateTime(createdAt),
  };
  return createPart({ tag: 'time', name: 'message-time', defaultProps }, props);
}
