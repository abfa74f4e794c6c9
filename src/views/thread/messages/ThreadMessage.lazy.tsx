'use client';
import { useState, type MouseEvent, type ReactElement } from 'react';
import { toAssistantsError, type AssistantsError } from '../../../client/AssistantsError.js';
import { insertText } from '../../../components/composer/insertText.js';
import { useCompleteTexts } from '../../../components/i18n/useTexts.lazy.js';
import { Pencil, X } from '../../../components/icons.js';
import { IconButton } from '../../../components/IconButton.js';
import { getMessageText } from '../../../components/message/getMessageText.js';
import type { PositionedRow } from '../../../components/message/getRowPosition.js';
import { MessageEditor } from '../../../components/message/MessageEditor.js';
import { createPart } from '../../../components/part.js';
import { useAssistantsClient } from '../../../hooks/useAssistantsClient.js';
import { removeStoredDraft, useStoredDraft } from '../../../hooks/useStoredDraft.js';
import type { Message } from '../../../protocol/types.js';
import { findComposer } from '../findComposer.js';
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

/**
 * Lazy half of `ThreadMessage`: edits a message, and sends it with its files in a fork of the thread. Its text survives a reload.
 * Element: form, a `MessageEditor`.
 */
export function ThreadMessageEditor({
  row: { key, message },
  onSaved,
  onCancel,
  onError,
}: ThreadMessageEditorProps): ReactElement {
  const conversation = useThreadConversation();
  const { scope } = useAssistantsClient();
  const [owner] = useState(() => ({}));
  const name = `edit:${message.id}:${scope}`;
  const [draft, setDraft] = useStoredDraft(name, owner);
  const [isSaving, setIsSaving] = useState(false);
  const original = getMessageText(message);
  const onSave = (text: string): void => {
    setIsSaving(true);
    onError(undefined);
    conversation.fork(key, { content: text, ...pickFiles(message) }).then(
      () => {
        setDraft('');
        // The row has left the page with its thread.
        removeStoredDraft(name);
        onSaved();
      },
      (reason: unknown) => {
        setIsSaving(false);
        onError(toAssistantsError(reason));
      },
    );
  };
  return (
    <MessageEditor
      text={original}
      draft={draft === '' ? undefined : draft}
      onDraftChange={(text) => setDraft(text === original ? '' : text)}
      isSaving={isSaving}
      onSave={onSave}
      onCancel={() => {
        setDraft('');
        onCancel();
      }}
    />
  );
}

/** Returns the files of a message in the field that its server uses, which depends on the version of the API. */
function pickFiles({ attachments, file_ids }: Message) {
  if (attachments?.length) return { attachments };
  return file_ids?.length ? { file_ids } : {};
}

/**
 * Buttons of a message that waits until it is sent: take its text back to the composer, and remove it. Messages with files
 * can only be removed. Element: div, a group.
 */
export function QueuedMessageActions({
  row: { key, message },
}: {
  row: PositionedRow;
}): ReactElement | null {
  const texts = useCompleteTexts().message;
  const conversation = useThreadConversation();
  const remove = ({ currentTarget }: MouseEvent, text: string): void => {
    const composer = findComposer(currentTarget);
    conversation.discard(key);
    // A message that is being sent by now stays.
    const isRemoved = !conversation.getState().outbox.some((item) => item.key === key);
    if (!composer || !isRemoved) return;
    composer.focus();
    if (text !== '') insertText(composer, composer.value === '' ? text : `${text}\n`, 0);
  };
  const children = (
    <>
      {!hasFiles(message) && (
        <IconButton label={texts.edit} onClick={(event) => remove(event, getMessageText(message))}>
          <Pencil />
        </IconButton>
      )}
      <IconButton label={texts.removeQueued} onClick={(event) => remove(event, '')}>
        <X />
      </IconButton>
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'message-actions',
      defaultProps: { children, role: 'group', 'aria-label': texts.actions },
    },
    {},
  );
}

function hasFiles({ attachments, file_ids: fileIds, content }: Message): boolean {
  return Boolean(attachments?.length || fileIds?.length) || content.some(isNoText);
}

function isNoText({ type }: Message['content'][number]): boolean {
  return type !== 'text';
}
