import type { ThreadEntry } from './ThreadRegistry.js';

/** Age of the last use, in days of the local calendar. 'week' and 'month' are the 7 and 30 days before today. */
export type ThreadAge = 'today' | 'yesterday' | 'week' | 'month' | 'older';

/** Threads of the same age. */
export interface ThreadGroup {
  age: ThreadAge;
  threads: ThreadEntry[];
}

/**
 * Groups threads by the day of their last use. Groups and threads keep the order of the list.
 *
 * @param threads Most recently used thread first.
 */
export function groupThreads(threads: readonly ThreadEntry[], nowMs: number): ThreadGroup[] {
  const groups: ThreadGroup[] = [];
  for (const thread of threads) {
    const age = getAge(thread.updatedAt, nowMs);
    const last = groups.at(-1);
    if (last?.age === age) last.threads.push(thread);
    else groups.push({ age, threads: [thread] });
  }
  return groups;
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
