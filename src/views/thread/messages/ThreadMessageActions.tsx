'use client';
import { useContext, type ReactElement } from 'react';
import type { PositionedRow } from '../../../components/message/getRowPosition.js';
import { MessageActions } from '../../../components/message/MessageActions.js';
import { lazyModule } from '../../../core/lazyModule.js';
import { isRunning } from '../../../core/run/runPhase.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { HasAssistantContext, useThreadConversation } from '../ThreadContext.js';
import { MessageActionsContext } from './MessageActionsContext.js';
import type { MessageChange } from './useMessageChange.js';

const messageFeedback = lazyModule(
  'the feedback buttons',
  async () => (await import('./ThreadMessageActions.lazy.js')).ThreadMessageFeedback,
);

/** Props of `ThreadMessageActions`. */
export interface ThreadMessageActionsProps {
  row: PositionedRow;
  change: MessageChange;
  /** True if the editor is loaded and visible. */
  isEditorOpen: boolean;
}

/**
 * Buttons of a message in a thread: copy it, regenerate the last answer, edit a message of the user, rate an answer, and
 * those of `renderActions`. While a run is active, and without an assistant, it offers neither regenerating nor editing.
 * Loads the feedback buttons if the thread has `onFeedback`. Element: div, a `Message.Actions`.
 */
export function ThreadMessageActions({
  row: { key, message },
  change,
  isEditorOpen,
}: ThreadMessageActionsProps): ReactElement {
  const conversation = useThreadConversation();
  const { followed } = useConversationState(conversation);
  const { onFeedback, renderActions } = useContext(MessageActionsContext);
  // Also re-renders the row when a run starts or ends, which is when the newest message changes.
  const isBusy = useFollowedRun(followed, isRunning);
  const canAsk = useContext(HasAssistantContext) && !isBusy;
  const isAnswer = message.role === 'assistant';
  const needsFeedback = isAnswer && onFeedback !== undefined;
  const { value: Feedback } = useLazyModule(messageFeedback, needsFeedback);
  const canRegenerate = isAnswer && canAsk && conversation.getNewestRowKey() === key;
  const canEdit =
    message.role === 'user' && canAsk && message.content.some(({ type }) => type === 'text');
  return (
    <MessageActions
      message={message}
      isEditing={isEditorOpen}
      editId={change.editButtonId}
      onRegenerate={canRegenerate ? change.regenerate : undefined}
      onEdit={canEdit ? change.toggleEditor : undefined}
    >
      {needsFeedback && Feedback && <Feedback message={message} />}
      {renderActions?.(message)}
    </MessageActions>
  );
}
