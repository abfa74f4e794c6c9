'use client';
import { memo, type ReactElement } from 'react';
import type { AssistantsError } from '../../client/errors.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Message } from '../../components/message/Message.js';
import type { PlacedRow } from '../../components/message/MessageList.js';
import { ThreadMessageActions } from './ThreadMessageActions.js';
import { useMessageChange } from './useMessageChange.js';
import { useShownFiles } from './useShownFiles.js';
import { useThreadConversation } from './ThreadContext.js';

/** Props of `ThreadMessage`. */
export interface ThreadMessageProps {
  row: PlacedRow;
  /** Why it could not be sent. */
  error?: AssistantsError | undefined;
}

/** One message with its files, its actions, and a notice where it could not be sent. Element: article. */
export const ThreadMessage = memo(
  function ThreadMessage({ row, error }: ThreadMessageProps): ReactElement {
    const conversation = useThreadConversation();
    const files = useShownFiles(row.message);
    const { key, message, isStreaming, delivery, group } = row;
    const change = useMessageChange(row);
    const notice = error ? (
      <ErrorNotice error={error} onRetry={() => conversation.retry(key)} onDismiss={() => conversation.discard(key)} />
    ) : (
      <Problem {...(change.error ? change : files)} />
    );
    return (
      <Message
        data-key={key}
        message={message}
        isStreaming={isStreaming}
        delivery={delivery}
        group={group}
        notice={notice}
        actions={delivery === 'sent' ? <ThreadMessageActions row={row} change={change} /> : undefined}
        resolveFile={files.resolveFile}
        onDownload={files.onDownload}
        renderers={files.renderers}
        editor={change.editor}
      />
    );
  },
  // Rows are placed anew with every frame; what they hold is not.
  (before, now) =>
    before.error === now.error &&
    before.row.message === now.row.message &&
    before.row.isStreaming === now.row.isStreaming &&
    before.row.delivery === now.row.delivery &&
    before.row.group === now.row.group,
);

function Problem({ error, dismiss }: { error: AssistantsError | undefined; dismiss: () => void }): ReactElement | null {
  return error ? <ErrorNotice error={error} onDismiss={dismiss} /> : null;
}
