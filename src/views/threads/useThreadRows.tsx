import { useState, type ReactElement } from 'react';
import { ThreadListItem } from '../../components/threads/ThreadListItem.js';
import type { UseThreadsResult } from '../../hooks/useThreads.js';
import type { UseDeferredDeletionResult } from '../deletion/useDeferredDeletion.js';
import type { FoundThread } from './searchThreads.js';
import { useListedActivity } from './useListedActivity.js';
import type { RowNavigation } from './useRowNavigation.js';

/** Options of `ThreadList` that concern its rows. */
interface ThreadRowsOptions {
  threadId: string | undefined;
  onSelect: (threadId: string) => void;
  onDelete: ((threadId: string) => void) | undefined;
  getHref: ((threadId: string) => string) | undefined;
}

interface ThreadRowsContext {
  deletion: UseDeferredDeletionResult;
  navigation: RowNavigation;
}

/** Returns a function that renders the row of a thread. */
export function useThreadRows(
  { threadId, onSelect, onDelete, getHref }: ThreadRowsOptions,
  list: UseThreadsResult,
  { deletion, navigation }: ThreadRowsContext,
): (thread: FoundThread) => ReactElement {
  const { rename, update } = list;
  const getActivity = useListedActivity(list.threads, threadId, list);
  /** Thread that was open when it was deleted. */
  const [closedId, setClosedId] = useState<string>();
  return function renderItem(thread) {
    const { id, title, isPinned, isArchived, excerpt } = thread;
    return (
      <ThreadListItem
        key={id}
        data-id={id}
        title={title}
        excerpt={excerpt}
        isCurrent={id === threadId}
        isDeleted={deletion.deletions.has(id)}
        isPinned={isPinned}
        isArchived={isArchived}
        isTabStop={id === navigation.activeId}
        activity={getActivity(thread)}
        href={getHref?.(id)}
        onSelect={() => onSelect(id)}
        onRename={(changed) => rename(id, changed)}
        onPin={(next) => {
          navigation.followRow(id);
          update(id, { isPinned: next });
        }}
        onArchive={(next) => {
          if (!next) navigation.followRow(id);
          update(id, { isArchived: next });
        }}
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
  };
}
