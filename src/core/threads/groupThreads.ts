import type { ThreadEntry } from './ThreadRegistry.js';

/** Age of the last use, in days of the local calendar. 'week' and 'month' are the 7 and 30 days before today. */
export type ThreadAge = 'today' | 'yesterday' | 'week' | 'month' | 'older';

/** Threads of the same age, or those that are pinned or archived. */
export interface ThreadGroup {
  kind: ThreadAge | 'pinned' | 'archived';
  threads: ThreadEntry[];
}

/**
 * Groups threads by the day of their last use, between the pinned and the archived ones. Threads keep the order of the list.
 *
 * @param threads Most recently used thread first.
 */
export function groupThreads(threads: readonly ThreadEntry[], nowMs: number): ThreadGroup[] {
  const pinned: ThreadEntry[] = [];
  const archived: ThreadEntry[] = [];
  const groups: ThreadGroup[] = [];
  for (const thread of threads) {
    if (thread.isArchived === true) archived.push(thread);
    else if (thread.isPinned === true) pinned.push(thread);
    else {
      const kind = getAge(thread.updatedAt, nowMs);
      const last = groups.at(-1);
      if (last?.kind === kind) last.threads.push(thread);
      else groups.push({ kind, threads: [thread] });
    }
  }
  const all: ThreadGroup[] = [
    { kind: 'pinned', threads: pinned },
    ...groups,
    { kind: 'archived', threads: archived },
  ];
  return all.filter((group) => group.threads.length > 0);
}

function getAge(updatedAt: number, nowMs: number): ThreadAge {
  if (updatedAt >= getDayStart(nowMs, 0)) return 'today';
  if (updatedAt >= getDayStart(nowMs, 1)) return 'yesterday';
  if (updatedAt >= getDayStart(nowMs, 7)) return 'week';
  return updatedAt >= getDayStart(nowMs, 30) ? 'month' : 'older';
}

/** Returns the first millisecond of a local day. Days have 23 or 25 hours when clocks change. */
function getDayStart(nowMs: number, daysAgo: number): number {
  const date = new Date(nowMs);
  date.setHours(0, 0, 0, 0);
  return date.setDate(date.getDate() - daysAgo);
}
