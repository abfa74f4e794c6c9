'use client';
import type { ReactElement } from 'react';
import type { AssistantsError } from '../../../client/errors.js';
import { ErrorNotice } from '../../../components/feedback/ErrorNotice.js';
import { AnnotatedText } from '../../../components/citations/AnnotatedText.js';
import { MessageFrame } from '../../../components/message/MessageFrame.js';
import type { PositionedRow } from '../../../components/message/MessageList.js';
import { ThreadMessageActions } from './ThreadMessageActions.js';
import { useMessageChange } from './useMessageChange.js';
import { useMessageParts } from './useMessageParts.js';
import { useThreadConversation } from '../ThreadContext.js';

/** Props of `ThreadMessage`. */
export interface ThreadMessageProps {
  row: PositionedRow;
  /** Why it could not be sent. */
  error?: AssistantsError | undefined;
}

/** One message with its files, its actions, and a notice where it could not be sent. Element: article. */
export function ThreadMessage({ row, error }: ThreadMessageProps): ReactElement {
  const conversation = useThreadConversation();
  const { key, message, isStreaming, delivery, group } = row;
  const { parts, ...saving } = useMessageParts(message);
  const change = useMessageChange(row);
  const problem = change.error ? change : saving;
  const notice = error ? (
    <ErrorNotice
      error={error}
      onRetry={() => conversation.retry(key)}
      onDismiss={() => conversation.discard(key)}
    />
  ) : (
    problem.error && <ErrorNotice error={problem.error} onDismiss={problem.dismiss} />
  );
  return (
    <MessageFrame
      data-key={key}
      message={message}
      isStreaming={isStreaming}
      delivery={delivery}
      group={group}
      notice={notice}
      actions={delivery === 'sent' ? <ThreadMessageActions row={row} change={change} /> : undefined}
      editor={change.editor}
      files={parts.files}
      renderPart={(part, surroundings) =>
        // The same text before and after its parts are fetched, or it would lose its place and its selection.
        part.type === 'text' ? (
          <AnnotatedText text={part.text} {...surroundings} parts={parts} />
        ) : (
          parts.renderPart(part, surroundings)
        )
      }
    />
  );
}
