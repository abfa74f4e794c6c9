'use client';
import { useId, useState, type ReactElement } from 'react';
import { toAssistantsError, type AssistantsError } from '../../client/errors.js';
import type { PlacedRow } from '../../components/message/MessageList.js';
import { textOfMessage } from '../../components/message/textOfMessage.js';
import { onDemand, useOnDemand } from '../../hooks/onDemand.js';
import type { Message } from '../../protocol/types.js';
import { useThreadConversation } from './ThreadContext.js';

const messageEditor = onDemand('What changes a message', async () => (await import('../../components/message/MessageEditor.js')).MessageEditor);

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
export function useMessageChange({ key, message }: PlacedRow): MessageChange {
  const conversation = useThreadConversation();
  const editId = useId();
  const [state, setState] = useState<'idle' | 'editing' | 'saving'>('idle');
  const [error, setError] = useState<AssistantsError>();
  const { value: MessageEditor, error: fetchError } = useOnDemand(messageEditor, state !== 'idle');
  const close = (): void => {
    setState('idle');
    setError(undefined);
    document.getElementById(editId)?.focus();
  };
  const fail = (reason: unknown): void => setError(toAssistantsError(reason));
  const onSave = (text: string): void => {
    setState('saving');
    setError(undefined);
    conversation.fork(key, { content: text, ...filesOf(message) }).then(
      () => setState('idle'),
      (reason: unknown) => {
        setState('editing');
        fail(reason);
      },
    );
  };
  return {
    editor:
      state === 'idle' || !MessageEditor ? undefined : (
        <MessageEditor text={textOfMessage(message)} isSaving={state === 'saving'} onSave={onSave} onCancel={close} />
      ),
    editId,
    edit: () => (state === 'idle' ? setState('editing') : close()),
    regenerate: () => {
      setError(undefined);
      conversation.regenerate().catch(fail);
    },
    error: error ?? (state === 'idle' ? undefined : fetchError),
    dismiss: MessageEditor ? () => setError(undefined) : close,
  };
}

function filesOf({ attachments, file_ids }: Message) {
  if (attachments?.length) return { attachments };
  return file_ids?.length ? { file_ids } : {};
}
