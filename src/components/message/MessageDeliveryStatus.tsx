import type { ReactElement } from 'react';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';
import { useMessageContext } from './MessageContext.js';

/** Props of `Message.Delivery`. */
export interface MessageDeliveryStatusProps extends Omit<PartProps<'span'>, 'children'> {}

/** Status of a message that is queued, being sent or was not sent. Renders nothing once it is delivered. Element: span. */
export function MessageDeliveryStatus(props: MessageDeliveryStatusProps): ReactElement | null {
  const { delivery } = useMessageContext('Message.Delivery');
  const texts = useTexts();
  if (delivery === 'sent') return null;
  const children = texts.message[delivery];
  return createPart({ tag: 'span', name: 'message-delivery', defaultProps: { children } }, props);
}
