'use client';
import { useState, type FocusEvent, type ReactElement } from 'react';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { LoadMore } from '../../components/feedback/LoadMore.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { getDirection } from '../../components/getDirection.js';
import { createPart, type PartProps, asPart } from '../../components/part.js';
import { useNow } from '../../components/useNow.js';
import { groupThreads } from '../../core/threads/groupThreads.js';
import type { ThreadRegistry } from '../../core/threads/ThreadRegistry.js';
import { useThreads } from '../../hooks/useThreads.js';
import { ThreadGroupList } from './ThreadGroupList.js';
import { useHeldThreads } from './useHeldThreads.js';
import { useMissingTitles } from './useMissingTitles.js';
import { useRowNavigation } from './useRowNavigation.js';
import { useThreadDeletion } from './useThreadDeletion.js';
import { useThreadListSearch } from './useThreadListSearch.js';
import { useThreadRows } from './useThreadRows.js';

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
  /** Storage of the list; the same as that of `useThreads`. @default that of `useThreads` */
  registry?: ThreadRegistry | undefined;
}

/**
 * List of the user's threads: the pinned ones, the others by the day of their last use, and the archived ones, folded.
 * The menu of a thread renames, pins, archives or deletes it, and a deletion can be undone for ten seconds. A mark
 * shows that a run works, waits for the user, or has ended in a thread that is not open. Longer lists have a field that
 * searches the titles and the loaded messages. A thread without a title is titled with the first words of its first
 * message.
 *
 * Arrow keys, Home, End and the first letters of a title move the focus, F2 renames and Delete deletes the thread. Of
 * thousands of threads, only those near the view are in the page.
 *
 * Element: div. Context: `AssistantsProvider`. Source: deleteThread, listMessages, listThreads, getRun.
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
  const list = useThreads({ registry });
  const { error, update } = list;
  const hold = useHeldThreads(list.threads);
  const { threads } = hold;
  useMissingTitles(threads, update);
  const deletion = useThreadDeletion(list.forget);
  const [isArchiveOpen, setIsArchiveOpen] = useState(false);
  const listed = threads.filter(({ id }) => deletion.deletions.get(id) !== 'deleting');
  const { search, setSearch, isSearchable, found } = useThreadListSearch(listed);
  const isFolded = !isArchiveOpen && search.trim() === '';
  const nowSeconds = useNow(false);
  const groups = nowSeconds === undefined ? [] : groupThreads(found, nowSeconds * 1_000);
  const reachable = groups.flatMap((group) =>
    group.kind === 'archived' && isFolded ? [] : group.threads,
  );
  const navigation = useRowNavigation(reachable, threadId);
  const { activeId } = navigation;
  const renderItem = useThreadRows({ threadId, onSelect, onDelete, getHref }, list, {
    deletion,
    navigation,
  });
  const children = (
    <>
      {isSearchable && <SearchField value={search} onChange={setSearch} />}
      {error && <ErrorNotice error={error} />}
      {deletion.error && <ErrorNotice error={deletion.error} onDismiss={deletion.dismissError} />}
      {!list.isLoading && !error && found.length === 0 && (
        <EmptyList isSearching={search.trim() !== ''} />
      )}
      {groups.map((group) => (
        <ThreadGroupList
          key={group.kind}
          group={group}
          activeId={activeId}
          isOpen={group.kind === 'archived' ? !isFolded : undefined}
          onOpenChange={setIsArchiveOpen}
          renderItem={renderItem}
        />
      ))}
      <LoadMore hasMore={list.hasMore} isLoading={list.isLoadingMore} onLoad={list.loadMore} />
    </>
  );
  const { list: ref, onKeyDown } = navigation;
  const onFocus = (event: FocusEvent): void => {
    navigation.onFocus(event);
    if (hold.onFocus(event)) navigation.followFocus(event.target);
  };
  const onBlur = (event: FocusEvent): void => {
    navigation.onBlur();
    hold.onBlur(event);
  };
  const defaultProps = { ref, onKeyDown, onFocus, onBlur, children };
  return createPart({ tag: 'div', name: 'thread-list', defaultProps }, props);
}

function SearchField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}): ReactElement {
  const { search } = useCompleteTexts().threads;
  return (
    <input
      type="search"
      {...asPart('input')}
      aria-label={search}
      placeholder={search}
      dir={getDirection(value)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      // Enter would submit a form of the app around the list.
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault();
      }}
    />
  );
}

function EmptyList({ isSearching }: { isSearching: boolean }): ReactElement {
  const { noMatch, none } = useCompleteTexts().threads;
  return <p {...asPart('muted')}>{isSearching ? noMatch : none}</p>;
}
