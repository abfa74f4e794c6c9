'use client';
import { useRef, type ReactElement, type ReactNode } from 'react';
import type { AssistantsError } from '../../../client/AssistantsError.js';
import { AnnotatedText } from '../../../components/citations/AnnotatedText.js';
import { ContentBoundary } from '../../../components/ContentBoundary.js';
import { useTexts } from '../../../components/i18n/useTexts.js';
import type { NoticeError } from '../../../components/feedback/ErrorNoticeFrame.js';
import { getPartDisplay } from '../../../components/message/getPartDisplay.js';
import type { PositionedRow } from '../../../components/message/getRowPosition.js';
import { MessageAvatar } from '../../../components/message/MessageAvatar.js';
import { MessageBody } from '../../../components/message/MessageBody.js';
import { MessageCaret } from '../../../components/message/MessageCaret.js';
import { MessageRoot, type MessageState } from '../../../components/message/MessageRoot.js';
import type { PartProps } from '../../../components/part.js';
import { useConnectionReturn } from '../../../hooks/useConnectionReturn.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { useThreadConversation } from '../ThreadContext.js';
import { ThreadMessageReasoning } from '../reasoning/ThreadReasoning.js';
import { ThreadMessageActions } from './ThreadMessageActions.js';
import { messageChanges } from './messageChanges.js';
import { ThreadMessageFooter } from './ThreadMessageFooter.js';
import { useMessageChange, type MessageChange } from './useMessageChange.js';
import { useMessageParts, type UseMessagePartsResult } from './useMessageParts.js';
import { ThreadErrorNotice } from '../ThreadErrorNotice.js';

/** Props of `Thread.Message`. */
export interface ThreadMessageProps extends Omit<PartProps<'article', MessageState>, 'children'> {
  row: PositionedRow;
  /** Shown beside the message: before an answer, after a message of the user. */
  avatar?: ReactNode;
  /** Replaces the actions below the message. @default copy, regenerate, edit, rate, and those of `renderActions` */
  actions?: ReactNode;
  /** Replaces everything below the message. @default its time, its delivery and its actions */
  footer?: ReactNode;
}

/**
 * Row of a thread: a message with its files, its actions, and a notice if it could not be sent or changed. The default of
 * `renderMessage`. Loads the editor when the user opens it.
 *
 * Element: article, a `Message.Root`.
 * Data attributes: `data-role`, `data-status`, `data-streaming`, `data-delivery`, `data-group`.
 * Context: `Thread.Root`.
 *
 * @example
 * ```tsx
 * import { Thread, type PositionedRow } from 'assistants-react';
 *
 * const renderMessage = (row: PositionedRow) => (
 *   <Thread.Message row={row} avatar={row.message.role === 'user' ? '🙂' : '🤖'} />
 * );
 * ```
 */
export function ThreadMessage({ row, avatar, ...options }: ThreadMessageProps): ReactElement {
  const { key, message, isStreaming = false, delivery = 'sent', group, error: sendError } = row;
  const { parts, ...download } = useMessageParts(message);
  const element = useRef<HTMLDivElement>(null);
  const change = useMessageChange(element);
  const { editor, ...changeProblem } = useEditor(row, change);
  const problem = changeProblem.error ? changeProblem : download;
  const {
    actions = (
      <ThreadMessageActions row={row} change={change} isEditorOpen={editor !== undefined} />
    ),
    footer = (
      <ThreadMessageFooter
        row={row}
        actions={actions}
        hasOwnActions={options.actions !== undefined}
      />
    ),
    ...props
  } = options;
  return (
    <MessageRoot
      message={message}
      isStreaming={isStreaming}
      delivery={delivery}
      group={group}
      {...props}
      data-key={key}
    >
      {avatar !== undefined && <MessageAvatar>{avatar}</MessageAvatar>}
      <MessageBody ref={element}>
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
      {footer}
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
  const { value, error: loadError } = useLazyModule(messageChanges, isEditing);
  const Editor = value?.ThreadMessageEditor;
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
  error: NoticeError;
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
