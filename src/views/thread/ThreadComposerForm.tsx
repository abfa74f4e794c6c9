'use client';
import type { ReactElement } from 'react';
import { IconButton } from '../../components/IconButton.js';
import { ComposerForm, type ComposerFormProps } from '../../components/composer/ComposerForm.js';
import { useTexts } from '../../components/i18n/useTexts.js';
import { X } from '../../components/icons.js';
import { asPart } from '../../components/part.js';
import type { FollowedRunState } from '../../core/run/FollowedRun.js';
import { isFollowing } from '../../core/run/runPhase.js';
import { useAttachments } from '../../hooks/useAttachments.js';
import { useConversationState } from '../../hooks/useConversationState.js';
import { useDraftName } from '../../hooks/useDraftName.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useLazyModule } from '../../hooks/useLazyModule.js';
import { useStoredDraft } from '../../hooks/useStoredDraft.js';
import { isSettled } from '../../protocol/runStatus.js';
import { threadFiles } from './messages/threadFiles.js';
import type { AttachedFileProps } from './messages/threadFiles.lazy.js';
import { stopConversation } from './stopConversation.js';
import { useThreadConversation } from './ThreadContext.js';

/** Props of `Thread.ComposerForm`. */
export interface ThreadComposerFormProps extends Partial<ComposerFormProps> {
  /** Lets the user attach files. @default true */
  allowAttachments?: boolean;
}

/**
 * Form of the thread's composer, for an arrangement of your own: compose `ComposerInput`, `ComposerAttachments`,
 * `ComposerSend` and the other parts inside. It uploads attached files before it sends, and stops the answer in progress.
 * Text and files of a draft are stored per thread and survive a reload.
 *
 * Element: form, a `ComposerForm`.
 * Data attributes: `data-running`, `data-over`, `data-empty`, `data-dropping`.
 * Context: `Thread.Root`.
 *
 * @example
 * ```tsx
 * import { ComposerAttachments, ComposerInput, ComposerSend, ComposerStop, Thread } from 'assistants-react';
 *
 * export const composer = (
 *   <Thread.ComposerForm>
 *     <ComposerAttachments />
 *     <ComposerInput placeholder="Ask the librarian" />
 *     <ComposerStop />
 *     <ComposerSend />
 *   </Thread.ComposerForm>
 * );
 * ```
 */
export function ThreadComposerForm({
  allowAttachments = true,
  ...props
}: ThreadComposerFormProps): ReactElement {
  const conversation = useThreadConversation();
  const { threadId, followed, outbox } = useConversationState(conversation);
  const { name, owner } = useDraftName(conversation, threadId);
  const [draft, setDraft] = useStoredDraft(name, owner);
  const { items, add, remove, retry, clear, isUploading, toMessage } = useAttachments(name, owner);
  const { value: { AttachedFile = PlainFile } = {} } = useLazyModule(threadFiles, items.length > 0);
  const isAnswering = useFollowedRun(followed, isActiveRun);
  const isSending = outbox.some(({ state }) => state === 'sending');
  const hasFailedUpload = items.some(({ status }) => status === 'failed');

  const onSend = async (text: string): Promise<boolean> => {
    const hasFiles = items.length > 0;
    await conversation.send(hasFiles ? toMessage(text) : text);
    if (hasFiles) clear();
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
    <ComposerForm
      onSend={onSend}
      onStop={() => stopConversation(conversation)}
      isRunning={isAnswering || isSending}
      value={draft}
      onValueChange={setDraft}
      // Sending now would silently omit files that are not uploaded.
      isDisabled={isUploading || hasFailedUpload}
      hasAttachments={items.length > 0}
      onAttach={allowAttachments ? add : undefined}
      attachments={files.length > 0 ? files : undefined}
      {...props}
    />
  );
}

function isActiveRun(state: FollowedRunState): boolean {
  return isFollowing(state) && !(state.run && isSettled(state.run.status));
}

/** Shows a file until its component is loaded, or if it cannot be loaded: the user must be able to remove the file. */
function PlainFile({ item, onRemove }: AttachedFileProps): ReactElement {
  const texts = useTexts();
  return (
    <span {...asPart('file-chip')}>
      <bdi {...asPart('file-chip-name')}>{item.file.name}</bdi>
      <IconButton label={texts.error.dismiss} onClick={onRemove}>
        <X size={14} />
      </IconButton>
    </span>
  );
}
