'use client';
import { useRef, type ReactElement } from 'react';
import type { AssistantsError } from '../../../client/AssistantsError.js';
import { AnnotatedText } from '../../../components/citations/AnnotatedText.js';
import { ContentBoundary } from '../../../components/ContentBoundary.js';
import { useTexts } from '../../../components/i18n/useTexts.js';
import { getPartDisplay } from '../../../components/message/getPartDisplay.js';
import type { PositionedRow } from '../../../components/message/getRowPosition.js';
import { MessageBody } from '../../../components/message/MessageBody.js';
import { MessageCaret } from '../../../components/message/MessageCaret.js';
import { MessageDeliveryStatus } from '../../../components/message/MessageDeliveryStatus.js';
import { MessageFooter } from '../../../components/message/MessageFooter.js';
import { MessageRoot } from '../../../components/message/MessageRoot.js';
import { MessageTime } from '../../../components/message/MessageTime.js';
import { lazyModule } from '../../../core/lazyModule.js';
import { useConnectionReturn } from '../../../hooks/useConnectionReturn.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { useThreadConversation } from '../ThreadContext.js';
import { ThreadMessageReasoning } from '../reasoning/ThreadReasoning.js';
import { ThreadMessageActions } from './ThreadMessageActions.js';
import { useMessageChange, type MessageChange } from './useMessageChange.js';
import { useMessageParts, type UseMessagePartsResult } from './useMessageParts.js';
import { ThreadErrorNotice } from '../ThreadErrorNotice.js';

const messageEditor = lazyModule(
  'the message editor',
  async () => (await import('./ThreadMessage.lazy.js')).ThreadMessageEditor,
);

/** Props of `ThreadMessage`. */
export interface ThreadMessageProps {
  row: PositionedRow;
  /** Error of sending the message. */
  error?: AssistantsError | undefined;
}

/**
 * Message of a thread with its files, its actions, and a notice if it could not be sent or changed. Loads the editor when the
 * user opens it. Inside `Thread.Root`.
 *
 * Element: article, see `Message.Root` for its data attributes.
 */
export function ThreadMessage({ row, error: sendError }: ThreadMessageProps): ReactElement {
  const { key, message, isStreaming = false, delivery = 'sent', group } = row;
  const { parts, ...download } = useMessageParts(message);
  const element = useRef<HTMLElement>(null);
  const change = useMessageChange(element);
  const { editor, ...changeProblem } = useEditor(row, change);
  const problem = changeProblem.error ? changeProblem : download;
  return (
    <MessageRoot
      ref={element}
      data-key={key}
      message={message}
      isStreaming={isStreaming}
      delivery={delivery}
      group={group}
    >
      <MessageBody>
        {parts.attachments}
        {message.reasoning && <ThreadMessageReasoning message={message} />}
        {editor}
        <ThreadMessageContent row={row} parts={parts} hideText={editor !== undefined} />
        <MessageCaret />
        {parts.incomplete}
        {sendError && <SendErrorNotice rowKey={key} error={sendError} />}
        {!sendError && problem.error && (
          <ThreadErrorNotice error={problem.error} onDismiss={problem.dismissError} />
        )}
      </MessageBody>
      <MessageFooter>
        <MessageTime />
        <MessageDeliveryStatus />
        {!isStreaming && delivery === 'sent' && (
          <ThreadMessageActions row={row} change={change} isEditorOpen={editor !== undefined} />
        )}
      </MessageFooter>
    </MessageRoot>
  );
}

interface EditorState {
  /** Undefined while the editor is closed or loading. */
  editor: ReactElement | undefined;
  /** Error of loading the editor or of the last change. */
  error: AssistantsError | undefined;
  dismissError: () => void;
}

/** Loads the editor when the user opens it. */
function useEditor(row: PositionedRow, change: MessageChange): EditorState {
  const { isEditing, finishEditing, closeEditor, setError } = change;
  const { value: Editor, error: loadError } = useLazyModule(messageEditor, isEditing);
  if (!isEditing || !Editor)
    return {
      editor: undefined,
      error: change.error ?? (isEditing ? loadError : undefined),
      dismissError: Editor ? () => setError(undefined) : closeEditor,
    };
  return {
    editor: <Editor row={row} onSaved={finishEditing} onCancel={closeEditor} onError={setError} />,
    error: change.error,
    dismissError: () => setError(undefined),
  };
}

interface ThreadMessageContentProps extends Pick<UseMessagePartsResult, 'parts'> {
  row: PositionedRow;
  hideText: boolean;
}

function ThreadMessageContent({
  row: { message, isStreaming = false },
  parts,
  hideText,
}: ThreadMessageContentProps): ReactElement {
  return (
    <>
      {message.content.map((part, index) => {
        const display = getPartDisplay(message, index, isStreaming);
        // Text is always an `AnnotatedText`, with placeholders or without: another component would remount it when the
        // parts are loaded, which would clear the user's selection.
        const text = part.type === 'text' && !hideText && (
          <AnnotatedText text={part.text} {...display} parts={parts} />
        );
        return (
          <ContentBoundary key={index} name="message part" resetKey={part}>
            {part.type === 'text' ? text : parts.renderPart(part, display)}
          </ContentBoundary>
        );
      })}
    </>
  );
}

interface SendErrorNoticeProps {
  rowKey: string;
  error: AssistantsError;
}

function SendErrorNotice({ rowKey, error }: SendErrorNoticeProps): ReactElement {
  const conversation = useThreadConversation();
  const texts = useTexts();
  const isConnected = useConnectionReturn(conversation, error);
  const { kind, code, status, message, requestId } = error;
  return (
    <ThreadErrorNotice
      error={
        isConnected
          ? { kind, code, status, message, requestId, title: texts.error.connected }
          : error
      }
      onRetry={() => conversation.retry(rowKey)}
      onDismiss={() => conversation.discard(rowKey)}
    />
  );
}
