'use client';
import type { ReactElement } from 'react';
import { Button } from '../../components/Button.js';
import { Composer, type ComposerProps } from '../../components/composer/Composer.js';
import { useConversationTexts } from '../../components/i18n/TextsContext.js';
import { X } from '../../components/icons.js';
import { isSettled } from '../../protocol/runStatus.js';
import { isFollowing } from '../../core/run/runPhase.js';
import { useAttachments } from '../../hooks/useAttachments.js';
import { useLazyModule } from '../../hooks/useLazyModule.js';
import { useConversationState } from '../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useStoredDraft } from '../../hooks/useStoredDraft.js';
import type { AttachedFileProps } from './messages/ThreadFiles.lazy.js';
import { useThreadConversation } from './ThreadContext.js';
import { fileParts } from './messages/useMessageParts.js';

/** Props of `Thread.Composer`. */
export interface ThreadComposerProps extends Partial<ComposerProps> {
  /** Whether files can be sent along. @default true */
  takesFiles?: boolean;
}

/**
 * Writes to the thread, with files that are uploaded first; while an answer runs, it also stops it. What was begun in a
 * thread, text and files, is there again after a reload. Element: form, a `Composer`.
 */
export function ThreadComposer({ takesFiles = true, ...props }: ThreadComposerProps): ReactElement {
  const conversation = useThreadConversation();
  const { threadId, followed, outbox } = useConversationState(conversation);
  const [draft, setDraft] = useStoredDraft(threadId ?? 'new', conversation);
  const { items, add, remove, retry, clear, isUploading, toMessage } = useAttachments(
    threadId ?? 'new',
    conversation,
  );
  const { value: { AttachedFile = PlainFile } = {} } = useLazyModule(fileParts, items.length > 0);
  const isActive = useFollowedRun(
    followed,
    (state) => isFollowing(state) && !(state.run && isSettled(state.run.status)),
  );
  const isRunning = isActive || outbox.some(({ state }) => state === 'sending');
  const hasFailed = items.some(({ status }) => status === 'failed');

  const onSend = async (text: string) => {
    const isPlain = items.length === 0;
    await conversation.send(isPlain ? text : toMessage(text));
    if (!isPlain) clear();
    return true;
  };
  const files = items.map((item) => (
    <AttachedFile
      key={item.key}
      item={item}
      onRemove={() => remove(item.key)}
      onRetry={() => retry(item.key)}
    />
  ));
  return (
    <Composer
      onSend={onSend}
      onStop={() => void conversation.stop()}
      isRunning={isRunning}
      value={draft}
      onValueChange={setDraft}
      // A file that is not there yet would be left out without a word.
      isDisabled={isUploading || hasFailed}
      hasAttachments={items.length > 0}
      {...(takesFiles && { onAttach: add })}
      {...(files.length > 0 && { attachments: files })}
      {...props}
    />
  );
}

/** A file until what shows it is fetched: a person who cannot have that can still take the file out. */
function PlainFile({ item, onRemove }: AttachedFileProps): ReactElement {
  const texts = useConversationTexts();
  return (
    <span data-part="file-chip">
      <bdi data-part="file-chip-name">{item.file.name}</bdi>
      <Button variant="icon" aria-label={texts.error.dismiss} onClick={onRemove}>
        <X size={14} />
      </Button>
    </span>
  );
}
