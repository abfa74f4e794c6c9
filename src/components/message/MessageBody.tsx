import type { ReactElement } from 'react';
import { createPart, type PartProps } from '../part.js';

/** Props of `Message.Body`. */
export interface MessageBodyProps extends PartProps<'div'> {}

/** Column of attachments, content parts and notices. Element: div. */
export function MessageBody(props: MessageBodyProps): ReactElement | null {
  return createPart({ tag: 'div', name: 'message-body' }, props);
}
