import type { ReactElement } from 'react';
import { createPart, type PartProps } from '../part.js';

/** Props of `Message.Avatar`. */
export interface MessageAvatarProps extends PartProps<'div'> {}

/** Space for an avatar at the start side of the message. Element: div. */
export function MessageAvatar(props: MessageAvatarProps): ReactElement | null {
  return createPart({ tag: 'div', name: 'message-avatar' }, props);
}
