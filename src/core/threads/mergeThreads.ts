import type { Thread } from '../../protocol/types.js';
import type { ThreadEntry } from './ThreadRegistry.js';

/** Returns the entries of the registry and the threads that only the server has, most recently used thread first. */
export function mergeThreads(
  entries: readonly ThreadEntry[] = [],
  listed: readonly Thread[] = [],
): ThreadEntry[] {
  const knownIds = new Set(entries.map(({ id }) => id));
  const others = listed.filter(({ id }) => !knownIds.has(id)).map(toThreadEntry);
  return [...entries, ...others].sort((a, b) => b.updatedAt - a.updatedAt);
}

function toThreadEntry({ id, created_at: createdAt, metadata }: Thread): ThreadEntry {
  return { id, title: metadata?.['title'] ?? '', updatedAt: createdAt * 1_000 };
}
