import type { ThreadEntry, ThreadRegistry } from './ThreadRegistry.js';

/** Creates a registry that lives as long as the page. For tests and demos. */
export function memoryThreads(initial: ThreadEntry[] = []): ThreadRegistry {
  const entries = new Map(initial.map((entry) => [entry.id, entry]));
  return {
    list: async () => [...entries.values()],
    async put(entry) {
      entries.set(entry.id, entry);
    },
    async remove(threadId) {
      entries.delete(threadId);
    },
  };
}
