'use client';
import { useState, type ReactElement } from 'react';
import { toAssistantsError, type AssistantsError } from '../../../client/AssistantsError.js';
import { getMessageText } from '../../../components/message/getMessageText.js';
import type { PositionedRow } from '../../../components/message/getRowPosition.js';
import { MessageEditor } from '../../../components/message/MessageEditor.js';
import type { Message } from '../../../protocol/types.js';
import { useThreadConversation } from '../ThreadContext.js';

/** Props of `ThreadMessageEditor`. */
export interface ThreadMessageEditorProps {
  row: PositionedRow;
  /** Called when the edited message was sent in a new thread. */
  onSaved: () => void;
  onCancel: () => void;
  /** Called with undefined when saving starts, and with an error if it fails. */
  onError: (error: AssistantsError | undefined) => void;
}

/** Lazy half of `ThreadMessage`: edits a message, and sends it with its files in a fork of the thread. Element: form, a `MessageEditor`. */
export function ThreadMessageEditor({
  row: { key, message },
  onSaved,
  onCancel,
  onError,
}: ThreadMessageEditorProps): ReactElement {
  const conversation = useThreadConversation();
  const [isSaving, setIsSaving] = useState(false);
  const onSave = (text: string): void => {
    setIsSaving(true);
    onError(undefined);
    conversation
      .fork(key, { content: text, ...pickFiles(message) })
      .then(onSaved, (reason: unknown) => {
        setIsSaving(false);
        onError(toAssistantsError(reason));
      });
  };
  return (
    <MessageEditor
      text={getMessageText(message)}
      isSaving={isSaving}
      onSave={onSave}
      onCancel={onCancel}
    />
  );
}

/** Returns the files of a message in the field that its server uses, which depends on the version of the API. */
function pickFiles({ attachments, file_ids }: Message) {
  if (attachments?.length) return { attachments };
  return file_ids?.length ? { file_ids } : {};
}
