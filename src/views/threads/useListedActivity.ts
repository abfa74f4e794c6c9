import { useEffect } from 'react';
import type { ThreadActivity } from '../../components/threads/ThreadListItem.js';
import type { ThreadEntry } from '../../core/threads/ThreadRegistry.js';
import { useThreadActivity } from '../../hooks/useThreadActivity.js';
import type { UseThreadsResult } from '../../hooks/useThreads.js';

/**
 * Returns a function that returns what happens in a thread. Marks a thread as unread when its run ends while it is not
 * open, and as read when it is opened.
 */
export function useListedActivity(
  threads: readonly ThreadEntry[],
  openThreadId: string | undefined,
  { markUsed, update }: Pick<UseThreadsResult, 'markUsed' | 'update'>,
): (thread: ThreadEntry) => ThreadActivity | undefined {
  const activities = useThreadActivity(openThreadId, (threadId) => {
    markUsed(threadId);
    update(threadId, { isUnread: true });
  });
  const isOpenUnread = threads.some(({ id, isUnread }) => id === openThreadId && isUnread === true);
  useEffect(() => {
    if (isOpenUnread && openThreadId !== undefined) update(openThreadId, { isUnread: false });
  }, [isOpenUnread, openThreadId, update]);
  return ({ id, isUnread }) =>
    activities.get(id) ?? (isUnread === true && id !== openThreadId ? 'unread' : undefined);
}
