'use client';
import { useState, type ReactElement } from 'react';
import { toAssistantsError, type AssistantsError } from '../../../client/errors.js';
import { MessageEditor } from '../../../components/message/MessageEditor.js';
import type { PositionedRow } from '../../../components/message/MessageList.js';
import { getMessageText } from '../../../components/message/getMessageText.js';
import type { Message } from '../../../protocol/types.js';
import { useThreadConversation } from '../ThreadContext.js';

/** Props of `ThreadMessageEditor`. */
export interface ThreadMessageEditorProps {
  row: PositionedRow;
  /** What was changed has gone on in a new thread. */
  onSaved: () => void;
  onCancel: () => void;
  /** Why it could not; undefined when it is tried again. */
  onError: (error: AssistantsError | undefined) => void;
}

/** Changes a message of a thread in its place. What is sent goes on in a new thread, with its files. Element: form, a `MessageEditor`. */
export function ThreadMessageEditor({
  row: { key, message },
  onSaved,
  onCancel,
  onError,
}: ThreadMessageEditorProps): ReactElement {
  const conversation = useThreadConversation();
  const [isSaving, setSaving] = useState(false);
  const onSave = (text: string): void => {
    setSaving(true);
    onError(undefined);
    conversation
      .fork(key, { content: text, ...filesOf(message) })
      .then(onSaved, (reason: unknown) => {
        setSaving(false);
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

function filesOf({ attachments, file_ids }: Message) {
  if (attachments?.length) return { attachments };
  return file_ids?.length ? { file_ids } : {};
}
