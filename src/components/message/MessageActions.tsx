import type { ReactElement, ReactNode } from 'react';
import type { Message } from '../../protocol/types.js';
import { CopyButton } from '../CopyButton.js';
import { useTexts } from '../i18n/useTexts.js';
import { Pencil, RotateCw } from '../icons.js';
import { createPart, type PartProps } from '../part.js';
import { IconButton } from '../IconButton.js';
import { getMessageText } from './getMessageText.js';
import { usePartMessage } from './MessageContext.js';

/** Props of `MessageActions`. There is one button for each callback. */
export interface MessageActionsProps extends PartProps<'div'> {
  /** @default the message of the surrounding `Message.Root` */
  message?: Message | undefined;
  /** Sends a failed message again. */
  onRetry?: (() => void) | undefined;
  /** Requests another answer. */
  onRegenerate?: (() => void) | undefined;
  /** Opens the editor of the message, or closes it. */
  onEdit?: (() => void) | undefined;
  /** True while the editor is open. @default false */
  isEditing?: boolean | undefined;
  /** Id of the edit button, to return the focus to it. */
  editId?: string | undefined;
  /** More buttons at the end, such as `Message.Feedback`. */
  children?: ReactNode;
}

/**
 * Buttons for a message: copy its text, send it again, answer it again, edit it. Inside `Message.Root`, or alone with a
 * `message`. Element: div, a group.
 */
export function MessageActions({
  message: messageProp,
  onRetry,
  onRegenerate,
  onEdit,
  isEditing = false,
  editId,
  children,
  ...props
}: MessageActionsProps): ReactElement | null {
  const texts = useTexts();
  const text = getMessageText(usePartMessage('Message.Actions', messageProp));
  const buttons = (
    <>
      {text !== '' && <CopyButton text={text} label={texts.message.copy} />}
      {onRetry !== undefined && (
        <IconButton label={texts.message.retry} onClick={onRetry}>
          <RotateCw />
        </IconButton>
      )}
      {onRegenerate !== undefined && (
        <IconButton label={texts.message.regenerate} onClick={onRegenerate}>
          <RotateCw />
        </IconButton>
      )}
      {onEdit !== undefined && (
        <IconButton
          label={texts.message.edit}
          onClick={onEdit}
          id={editId}
          aria-expanded={isEditing}
        >
          <Pencil />
        </IconButton>
      )}
      {children}
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'message-actions',
      defaultProps: { children: buttons, role: 'group', 'aria-label': texts.message.actions },
    },
    props,
  );
}
