import type { ReactElement } from 'react';
import { createPart, type PartProps } from '../part.js';

/** Props of `Message.Footer`. */
export interface MessageFooterProps extends PartProps<'footer'> {}

/** Row below the message for its time and its actions. Element: footer. */
export function MessageFooter(props: MessageFooterProps): ReactElement | null {
  return createPart({ tag: 'footer', name: 'message-footer' }, props);
}
