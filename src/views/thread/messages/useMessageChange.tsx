'use client';
import { useId, useState, type ReactElement } from 'react';
import { toAssistantsError, type AssistantsError } from '../../../client/errors.js';
import type { PositionedRow } from '../../../components/message/MessageList.js';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { useThreadConversation } from '../ThreadContext.js';

const messageEditor = lazyModule(
  'What changes a message',
  async () => (await import('./ThreadMessageEditor.js')).ThreadMessageEditor,
);

/** What a person can change about a message of a thread. */
export interface MessageChange {
  /** Stands in place of the message's text while it is changed. What is sent goes on in a new thread, with its files. */
  editor: ReactElement | undefined;
  /** Of the button that opens the editor, where the focus returns. */
  editId: string;
  /** Opens the editor, or leaves it. */
  edit: () => void;
  /** Has the answer written again. */
  regenerate: () => void;
  /** Why the last change has not come about. */
  error: AssistantsError | undefined;
  dismiss: () => void;
}

/** Changes a message: one's own in its place, an answer by another. */
export function useMessageChange(row: PositionedRow): MessageChange {
  const conversation = useThreadConversation();
  const editId = useId();
  const [isEditing, setEditing] = useState(false);
  const [error, setError] = useState<AssistantsError>();
  const { value: Editor, error: fetchError } = useLazyModule(messageEditor, isEditing);
  const close = (): void => {
    setEditing(false);
    setError(undefined);
    document.getElementById(editId)?.focus();
  };
  return {
    editor:
      isEditing && Editor ? (
        <Editor row={row} onSaved={() => setEditing(false)} onCancel={close} onError={setError} />
      ) : undefined,
    editId,
    edit: () => (isEditing ? close() : setEditing(true)),
    regenerate: () => {
      setError(undefined);
      conversation.regenerate().catch((reason: unknown) => setError(toAssistantsError(reason)));
    },
    error: error ?? (isEditing ? fetchError : undefined),
    dismiss: Editor ? () => setError(undefined) : close,
  };
}
