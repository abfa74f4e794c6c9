import { Pencil, RotateCw } from '../icons.js';
import type { ReactElement, ReactNode } from 'react';
import type { Message } from '../../protocol/types.js';
import { CopyButton } from '../CopyButton.js';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';
import { ActionButton } from './ActionButton.js';
import { getMessageText } from './getMessageText.js';

/** Props of `MessageActionsFrame`: a button for each callback that is given. */
export interface MessageActionsFrameProps extends PartProps<'div'> {
  message: Message;
  /** Sends a failed message again. */
  onRetry?: (() => void) | undefined;
  /** Asks for another answer. */
  onRegenerate?: (() => void) | undefined;
  /** Begins to change the message, or stops it. */
  onEdit?: (() => void) | undefined;
  /** The message is being changed. @default false */
  isEditing?: boolean | undefined;
  /** Id of the button that edits, where the focus returns. */
  editId?: string | undefined;
  /** Other buttons, behind these. */
  children?: ReactNode;
}

/** What can be done with a message: copy it, answer it again, change it, and other actions. Element: div, a group. */
export function MessageActionsFrame({
  message,
  onRetry,
  onRegenerate,
  onEdit,
  isEditing = false,
  editId,
  children,
  ...props
}: MessageActionsFrameProps): ReactElement | null {
  const texts = useConversationTexts();
  const text = getMessageText(message);
  const all = (
    <>
      {text !== '' && <CopyButton text={text} label={texts.message.copy} />}
      {onRetry !== undefined && (
        <ActionButton label={texts.message.retry} icon={RotateCw} onClick={onRetry} />
      )}
      {onRegenerate !== undefined && (
        <ActionButton label={texts.message.regenerate} icon={RotateCw} onClick={onRegenerate} />
      )}
      {onEdit !== undefined && (
        <ActionButton
          label={texts.message.edit}
          icon={Pencil}
          onClick={onEdit}
          id={editId}
          aria-expanded={isEditing}
        />
      )}
      {children}
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'message-actions',
      own: { children: all, role: 'group', 'aria-label': texts.message.actions },
    },
    props,
  );
}
