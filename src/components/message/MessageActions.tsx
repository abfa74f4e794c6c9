import { Pencil, RotateCw, ThumbsUp } from '../icons.js';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { Message } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { CopyButton } from '../CopyButton.js';
import type { IconComponent, IconProps } from '../Icon.js';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';
import { textOfMessage } from './textOfMessage.js';

/** What a person thinks of an answer; undefined when they take it back. */
export type Feedback = 'good' | 'bad' | undefined;

/** Props of `MessageActions`: a button for each callback that is given. */
export interface MessageActionsProps extends PartProps<'div'> {
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
  /** Receives what the person thinks of the answer. Without it nobody is asked. */
  onFeedback?: ((feedback: Feedback) => void) | undefined;
  /** Buttons of your own, behind ours. */
  children?: ReactNode;
}

/** What can be done with a message: copy it, answer it again, change it, judge it, and your own. Element: div, a group. */
export function MessageActions({
  message,
  onRetry,
  onRegenerate,
  onEdit,
  isEditing = false,
  editId,
  onFeedback,
  children,
  ...props
}: MessageActionsProps): ReactElement | null {
  const texts = useConversationTexts();
  const text = textOfMessage(message);
  const all = (
    <>
      {text !== '' && <CopyButton text={text} label={texts.message.copy} />}
      {onRetry !== undefined && <Action label={texts.message.retry} icon={RotateCw} onClick={onRetry} />}
      {onRegenerate !== undefined && <Action label={texts.message.regenerate} icon={RotateCw} onClick={onRegenerate} />}
      {onEdit !== undefined && <Action label={texts.message.edit} icon={Pencil} onClick={onEdit} id={editId} aria-expanded={isEditing} />}
      {onFeedback !== undefined && <FeedbackButtons onFeedback={onFeedback} />}
      {children}
    </>
  );
  return createPart({ tag: 'div', name: 'message-actions', own: { children: all, role: 'group', 'aria-label': texts.message.actions } }, props);
}

interface ActionProps {
  label: string;
  icon: IconComponent;
  onClick: () => void;
  id?: string | undefined;
  'aria-pressed'?: boolean;
  'aria-expanded'?: boolean;
}

function Action({ label, icon: Icon, ...props }: ActionProps): ReactElement {
  return (
    <Button variant="icon" aria-label={label} title={label} {...props}>
      <Icon />
    </Button>
  );
}

function FeedbackButtons({ onFeedback }: { onFeedback: (feedback: Feedback) => void }): ReactElement {
  const texts = useConversationTexts();
  const [given, setGiven] = useState<Feedback>();
  const give = (feedback: Feedback): void => {
    const next = feedback === given ? undefined : feedback;
    setGiven(next);
    onFeedback(next);
  };
  return (
    <>
      <Action label={texts.message.goodAnswer} icon={ThumbsUp} aria-pressed={given === 'good'} onClick={() => give('good')} />
      <Action label={texts.message.badAnswer} icon={ThumbsDown} aria-pressed={given === 'bad'} onClick={() => give('bad')} />
    </>
  );
}

function ThumbsDown(props: IconProps): ReactElement {
  return <ThumbsUp data-icon="thumbs-down" {...props} style={{ rotate: '180deg' }} />;
}
