import { RefreshCw } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import type { Message } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { CopyButton } from '../CopyButton.js';
import { useTexts } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';
import { textOfMessage } from './textOfMessage.js';

/** Props of `MessageActions`. */
export interface MessageActionsProps extends PartProps<'div'> {
  message: Message;
  /** Sends a failed message again, or asks for another answer. Without it there is no such button. */
  onRetry?: (() => void) | undefined;
  /** Buttons of your own, behind ours. */
  children?: ReactNode;
}

/** What can be done with a message: copy it, try again, and your own. Element: div, a group. */
export function MessageActions({ message, onRetry, children, ...props }: MessageActionsProps): ReactElement | null {
  const texts = useTexts();
  const text = textOfMessage(message);
  const all = (
    <>
      {text !== '' && <CopyButton text={text} label={texts.message.copy} />}
      {onRetry !== undefined && (
        <Button variant="icon" aria-label={texts.message.retry} title={texts.message.retry} onClick={onRetry}>
          <RefreshCw aria-hidden size={16} strokeWidth={1.5} />
        </Button>
      )}
      {children}
    </>
  );
  return createPart({ tag: 'div', name: 'message-actions', own: { children: all, role: 'group', 'aria-label': texts.message.actions } }, props);
}
