'use client';
import { useState, type ReactElement, type ReactNode, type Ref } from 'react';
import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import { Button } from '../../components/Button.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { MenuButton } from '../../components/menu/MenuButton.js';
import { createPart, type PartProps, asPart } from '../../components/part.js';
import { ThreadTitle } from '../../components/threads/ThreadTitle.js';
import { useThreadMenu } from '../../components/threads/useThreadMenu.js';
import { truncate } from '../../components/truncate.js';
import { useCopy } from '../../components/useCopy.js';
import { useRowFocus } from '../../components/useRowFocus.js';
import { importModule } from '../../core/lazyModule.js';
import type { ThreadEntry, ThreadRegistry } from '../../core/threads/ThreadRegistry.js';
import { useAssistant } from '../../hooks/operations/assistants.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import { useThreads } from '../../hooks/useThreads.js';
import type { ExportFormat } from './exportThread.lazy.js';
import { useThreadDeletion } from './useThreadDeletion.js';

/** Props of `ThreadHeader`. */
export interface ThreadHeaderProps extends Omit<PartProps<'header'>, 'onSelect'> {
  /** Thread that is open. Without it, the header shows the title of a new thread. */
  threadId?: string | undefined;
  /** Assistant whose name is shown. */
  assistantId?: string | undefined;
  /** Called when the user deletes the thread, ten seconds before it is deleted on the server. Close the thread. */
  onDelete?: ((threadId: string) => void) | undefined;
  /** Called when the user undoes the deletion. Open the thread again. */
  onSelect?: ((threadId: string) => void) | undefined;
  /** Returns the address of a thread. Without it, the menu has no entry to copy the link. */
  getHref?: ((threadId: string) => string) | undefined;
  /** Storage of the titles; the same as that of `useThreads`. @default that of `useThreads` */
  registry?: ThreadRegistry | undefined;
  /** Level of the heading. @default 2 */
  level?: 1 | 2 | 3 | undefined;
  /** Content between the title and the menu, such as buttons of the app. */
  children?: ReactNode;
}

/**
 * Header of the open thread: its title, which the user can edit, the name of the assistant, and a menu to rename, pin, archive,
 * export or delete the thread and to copy its link. An export has all messages: as Markdown to read, or as JSON, which
 * `assistants-react import` reads.
 *
 * Element: header. Context: `AssistantsProvider`. Source: getAssistant, deleteThread, listMessages, listRuns, listRunSteps.
 *
 * @example
 * ```tsx
 * import { useState } from 'react';
 * import { ThreadHeader, ThreadView } from 'assistants-react';
 *
 * export function Chat({ assistantId }: { assistantId: string }) {
 *   const [threadId, setThreadId] = useState<string>();
 *   return (
 *     <>
 *       <ThreadHeader
 *         threadId={threadId}
 *         assistantId={assistantId}
 *         getHref={(id) => `/chat/${id}`}
 *         onDelete={() => setThreadId(undefined)}
 *         onSelect={setThreadId}
 *       />
 *       <ThreadView
 *         assistantId={assistantId}
 *         threadId={threadId}
 *         onThreadIdChange={setThreadId}
 *       />
 *     </>
 *   );
 * }
 * ```
 */
export function ThreadHeader({
  threadId,
  assistantId,
  onDelete,
  onSelect,
  getHref,
  registry,
  level = 2,
  children,
  ...props
}: ThreadHeaderProps): ReactElement | null {
  const { untitled } = useCompleteTexts().threads;
  const { threads, rename, update, forget } = useThreads({ registry });
  const deletion = useHeaderDeletion(threadId, forget);
  const [isRenaming, setIsRenaming] = useState(false);
  const { row, undo } = useRowFocus<HTMLElement>(
    getContent(deletion.deletedId !== undefined, isRenaming),
    { list: '[data-part="thread-header"]', target: '[data-part="thread-title-button"]' },
  );
  const shownId = deletion.deletedId ?? threadId;
  const thread = threads.find(({ id }) => id === shownId);
  const title = thread?.title ?? '';
  const name = truncate(title.trim() || untitled, 200);
  const open = (
    <>
      <div {...asPart('thread-header-text')}>
        <ThreadTitle
          title={title}
          name={name}
          level={level}
          isRenaming={isRenaming}
          onRenamingChange={setIsRenaming}
          onRename={thread && ((changed) => rename(thread.id, changed))}
        />
        <AssistantName assistantId={assistantId} />
      </div>
      {children}
      {threadId !== undefined && (
        <HeaderMenu
          threadId={threadId}
          name={name}
          getHref={getHref}
          thread={thread}
          onRename={() => setIsRenaming(true)}
          onUpdate={(changes) => update(threadId, changes)}
          onDelete={() => {
            deletion.deleteLater(threadId);
            onDelete?.(threadId);
          }}
        />
      )}
    </>
  );
  const deleted = (
    <DeletedThread
      ref={undo}
      name={name}
      onUndo={() => {
        if (deletion.deletedId === undefined) return;
        deletion.undo(deletion.deletedId);
        onSelect?.(deletion.deletedId);
      }}
    />
  );
  return createPart(
    {
      tag: 'header',
      name: 'thread-header',
      defaultProps: { children: deletion.deletedId === undefined ? open : deleted },
    },
    { ref: row, ...props },
  );
}

interface HeaderDeletion {
  /** Thread that was deleted here, while the deletion can be undone and no other thread is open. */
  deletedId: string | undefined;
  deleteLater: (threadId: string) => void;
  undo: (threadId: string) => void;
}

function useHeaderDeletion(
  threadId: string | undefined,
  forget: (threadId: string) => void,
): HeaderDeletion {
  const { deletions, deleteLater, undo } = useThreadDeletion(forget);
  const [lastId, setLastId] = useState<string>();
  const isShown = threadId === undefined || threadId === lastId;
  const isPending = lastId !== undefined && deletions.get(lastId) === 'pending';
  return {
    deletedId: isShown && isPending ? lastId : undefined,
    deleteLater(id) {
      setLastId(id);
      deleteLater(id);
    },
    undo,
  };
}

function DeletedThread({
  ref,
  name,
  onUndo,
}: {
  ref: Ref<HTMLButtonElement>;
  name: string;
  onUndo: () => void;
}): ReactElement {
  const texts = useCompleteTexts().threads;
  return (
    <>
      <output {...asPart('thread-deleted')}>{texts.deleted}</output>
      <Button ref={ref} variant="quiet" aria-label={texts.undo(name)} onClick={onUndo}>
        {texts.undoShort}
      </Button>
    </>
  );
}

function AssistantName({ assistantId }: Pick<ThreadHeaderProps, 'assistantId'>): ReactNode {
  const { data: assistant } = useAssistant({ assistantId });
  if (!assistant?.name) return null;
  return (
    <span {...asPart('thread-assistant')} dir="auto">
      {truncate(assistant.name, 200)}
    </span>
  );
}

function getContent(isDeleted: boolean, isRenaming: boolean): 'title' | 'field' | 'deleted' {
  if (isDeleted) return 'deleted';
  return isRenaming ? 'field' : 'title';
}

interface HeaderMenuProps extends Pick<ThreadHeaderProps, 'getHref'> {
  threadId: string;
  name: string;
  /** Undefined if the thread is not in the list. Then it cannot be renamed, pinned or archived. */
  thread: ThreadEntry | undefined;
  onRename: () => void;
  onUpdate: (changes: { isPinned: boolean } | { isArchived: boolean }) => void;
  onDelete: () => void;
}

function HeaderMenu({
  threadId,
  name,
  thread,
  getHref,
  onRename,
  onUpdate,
  onDelete,
}: HeaderMenuProps): ReactElement {
  const texts = useCompleteTexts();
  const { copy, state: copyState } = useCopy();
  const { saveThread, error, dismissError } = useExport(threadId, name);
  const items = useThreadMenu({
    onRename: thread && onRename,
    onPin: thread && {
      isOn: thread.isPinned ?? false,
      change: (isPinned) => onUpdate({ isPinned }),
    },
    onArchive: thread && {
      isOn: thread.isArchived ?? false,
      change: (isArchived) => onUpdate({ isArchived }),
    },
    onCopyLink:
      getHref && (() => void copy(new URL(getHref(threadId), document.baseURI).toString())),
    onExport: saveThread,
    onDelete,
  });
  const copied = { idle: '', copied: texts.threads.linkCopied, failed: texts.message.copyFailed };
  return (
    <>
      <output {...asPart('thread-header-status')}>{copied[copyState]}</output>
      {error && <ErrorNotice error={error} onDismiss={dismissError} />}
      <MenuButton aria-label={texts.threads.menu(name)} items={items} />
    </>
  );
}

interface ThreadExport {
  saveThread: (format: ExportFormat) => void;
  /** Reason why the last export failed. */
  error: AssistantsError | undefined;
  dismissError: () => void;
}

function useExport(threadId: string, title: string): ThreadExport {
  const client = useAssistantsClient();
  const { user, assistant } = useCompleteTexts().message;
  const [error, setError] = useState<AssistantsError>();
  const saveThread = async (format: ExportFormat): Promise<void> => {
    setError(undefined);
    try {
      const { exportThread } = await importModule(
        'the export of threads',
        () => import('./exportThread.lazy.js'),
      );
      await exportThread(client, { threadId, title, format, names: { user, assistant } });
    } catch (thrown) {
      setError(toAssistantsError(thrown));
    }
  };
  return {
    saveThread: (format) => void saveThread(format),
    error,
    dismissError: () => setError(undefined),
  };
}
