'use client';
import { useId, useState, type ReactElement } from 'react';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../../components/part.js';
import { ThreadListItem } from '../../components/threads/ThreadListItem.js';
import { useNow } from '../../components/useNow.js';
import { groupThreads, type ThreadGroup } from '../../core/threads/groupThreads.js';
import type { ThreadEntry, ThreadRegistry } from '../../core/threads/ThreadRegistry.js';
import { useDeleteThread } from '../../hooks/operations/threads.js';
import { useThreads } from '../../hooks/useThreads.js';
import { useDeferredDeletion } from '../useDeferredDeletion.js';
import { useMissingTitles } from './useMissingTitles.js';

/** Props of `ThreadList`. */
export interface ThreadListProps extends Omit<PartProps<'div'>, 'children' | 'onSelect'> {
  /** Thread that is open. */
  threadId?: string | undefined;
  /** Called when the user selects a thread, or undoes the deletion of the open one. */
  onSelect: (threadId: string) => void;
  /** Called when the user deletes a thread, ten seconds before it is deleted on the server. Close it if it is open. */
  onDelete?: ((threadId: string) => void) | undefined;
  /** Returns the address of a thread. The titles are links then. @default titles are buttons */
  getHref?: ((threadId: string) => string) | undefined;
  /** Storage of the list; the same as that of `useThreads`. @default localStorageThreads() */
  registry?: ThreadRegistry | undefined;
}

/** Number of threads from which a field to search their titles is shown. */
const SEARCH_FROM = 8;

/**
 * List of the user's threads, grouped by the day of their last use. Threads are renamed in place, and deletions can be undone
 * for ten seconds. Longer lists have a field that searches the titles. A thread without a title is titled with the first words
 * of its first message.
 *
 * Element: div. Context: `AssistantsProvider`. Source: deleteThread, listMessages.
 *
 * @example
 * ```tsx
 * import { useState } from 'react';
 * import { ThreadList, ThreadView, useThreads } from 'assistants-react';
 *
 * export function Chat({ assistantId }: { assistantId: string }) {
 *   const [threadId, setThreadId] = useState<string>();
 *   const { remember, markUsed } = useThreads();
 *   return (
 *     <>
 *       <ThreadList
 *         threadId={threadId}
 *         onSelect={setThreadId}
 *         onDelete={(id) => id === threadId && setThreadId(undefined)}
 *       />
 *       <ThreadView
 *         assistantId={assistantId}
 *         threadId={threadId}
 *         onThreadIdChange={setThreadId}
 *         onThreadCreated={(id, { text }) => remember(id, text ?? '')}
 *         onRunSettled={(run) => markUsed(run.thread_id)}
 *       />
 *     </>
 *   );
 * }
 * ```
 */
export function ThreadList({
  threadId,
  onSelect,
  onDelete,
  getHref,
  registry,
  ...props
}: ThreadListProps): ReactElement | null {
  const texts = useCompleteTexts().threads;
  const { threads, isLoading, error, rename, forget } = useThreads(registry);
  useMissingTitles(threads, rename);
  const [search, setSearch] = useState('');
  /** Thread that was open when it was deleted. */
  const [closedId, setClosedId] = useState<string>();
  const nowSeconds = useNow(false);
  const { mutateAsync: deleteThread } = useDeleteThread();
  const deletion = useDeferredDeletion((id) => deleteThread({ threadId: id }), forget);
  const [isSearchable, setIsSearchable] = useState(false);
  // The field stays when the list becomes shorter, because the user may be typing in it.
  if (!isSearchable && threads.length >= SEARCH_FROM) setIsSearchable(true);
  const found = threads.filter(
    ({ id, title }) =>
      deletion.deletions.get(id) !== 'deleting' && (!isSearchable || includes(title, search)),
  );
  const groups = nowSeconds === undefined ? [] : groupThreads(found, nowSeconds * 1_000);

  const renderItem = ({ id, title }: ThreadEntry): ReactElement => (
    <ThreadListItem
      key={id}
      title={title}
      isCurrent={id === threadId}
      isDeleted={deletion.deletions.has(id)}
      href={getHref?.(id)}
      onSelect={() => onSelect(id)}
      onRename={(changed) => rename(id, changed)}
      onDelete={() => {
        if (id === threadId) setClosedId(id);
        deletion.deleteLater(id);
        onDelete?.(id);
      }}
      onUndo={() => {
        deletion.undo(id);
        if (id === closedId && threadId === undefined) onSelect(id);
      }}
    />
  );
  const children = (
    <>
      {isSearchable && (
        <input
          type="search"
          data-part="input"
          aria-label={texts.search}
          placeholder={texts.search}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {error && <ErrorNotice error={error} />}
      {deletion.error && <ErrorNotice error={deletion.error} onDismiss={deletion.dismissError} />}
      {!isLoading && !error && found.length === 0 && (
        <p data-part="muted">{search.trim() === '' ? texts.none : texts.noMatch}</p>
      )}
      {groups.map((group) => (
        <Group key={group.age} group={group} renderItem={renderItem} />
      ))}
    </>
  );
  return createPart({ tag: 'div', name: 'thread-list', defaultProps: { children } }, props);
}

interface GroupProps {
  group: ThreadGroup;
  renderItem: (thread: ThreadEntry) => ReactElement;
}

function Group({ group: { age, threads }, renderItem }: GroupProps): ReactElement {
  const texts = useCompleteTexts().threads;
  const id = useId();
  return (
    <section data-part="thread-group" aria-labelledby={id}>
      <h3 data-part="thread-group-label" id={id}>
        {texts.ages[age]}
      </h3>
      <ul data-part="thread-group-list">{threads.map(renderItem)}</ul>
    </section>
  );
}

function includes(title: string, search: string): boolean {
  return normalize(title).includes(normalize(search.trim()));
}

/** Without case and accents. */
function normalize(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
