'use client';
import { useContext, type ReactElement } from 'react';
import { MessageActionsFrame } from '../../../components/message/MessageActionsFrame.js';
import type { PositionedRow } from '../../../components/message/MessageList.js';
import { isRunning } from '../../../core/run/runPhase.js';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { useConversationState } from '../../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { MessageActionsContext } from './MessageActionsContext.js';
import { useThreadConversation } from '../ThreadContext.js';
import type { MessageChange } from './useMessageChange.js';

const feedbackButtons = lazyModule(
  'What asks for feedback',
  async () => (await import('../../../components/message/FeedbackButtons.js')).FeedbackButtons,
);

/** Props of `ThreadMessageActions`. */
export interface ThreadMessageActionsProps {
  row: PositionedRow;
  change: MessageChange;
}

/**
 * What can be done with a message of a thread: copy it; have the last answer written again; change one's own, which goes on in
 * a new thread; and what the app adds, whose feedback is fetched. While a run is active only what disturbs nothing. Element: div, a `MessageActions`.
 */
export function ThreadMessageActions({ row, change }: ThreadMessageActionsProps): ReactElement {
  const conversation = useThreadConversation();
  const { followed } = useConversationState(conversation);
  const { onFeedback, renderActions } = useContext(MessageActionsContext);
  // Renders when a run begins or ends, which is when another message becomes the last.
  const isBusy = useFollowedRun(followed, isRunning);
  const { key, message } = row;
  const isAnswer = message.role === 'assistant';
  const isAsked = isAnswer && onFeedback !== undefined;
  const { value: FeedbackButtons } = useLazyModule(feedbackButtons, isAsked);
  const canRegenerate = isAnswer && !isBusy && conversation.newestKey() === key;
  const canEdit =
    message.role === 'user' && !isBusy && message.content.some(({ type }) => type === 'text');
  return (
    <MessageActionsFrame
      message={message}
      isEditing={change.editor !== undefined}
      editId={change.editId}
      onRegenerate={canRegenerate ? change.regenerate : undefined}
      onEdit={canEdit ? change.edit : undefined}
    >
      {isAsked && FeedbackButtons && (
        <FeedbackButtons onFeedback={(feedback) => onFeedback(message, feedback)} />
      )}
      {renderActions?.(message)}
    </MessageActionsFrame>
  );
}
