import type { ReactElement } from 'react';
import { labelFor } from '../i18n/labelFor.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { useMessageContext } from './MessageContext.js';

/** Props of `Message.Incomplete`. */
export interface MessageIncompleteProps extends Omit<PartProps<'p'>, 'children'> {}

/** Reason why the message is incomplete. Renders nothing if it is not. Element: p. */
export function MessageIncomplete(props: MessageIncompleteProps): ReactElement | null {
  const { message } = useMessageContext('Message.Incomplete');
  const { incomplete } = useCompleteTexts().message;
  if (message.status !== 'incomplete') return null;
  const children = labelFor(incomplete, message.incomplete_details?.reason, incomplete.other);
  return createPart({ tag: 'p', name: 'message-incomplete', defaultProps: { children } }, props);
}
