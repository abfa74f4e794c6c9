import { isRecord } from '../../common/isRecord.js';
import type { ThreadEntry, ThreadRegistry } from './ThreadRegistry.js';

const STORAGE_KEY = 'assistants-react:threads';

/** Returns the storage key of a client's threads: two servers, or two users of a browser, have lists of their own. */
export function getThreadsKey(scope: string): string {
  return `${STORAGE_KEY}:${scope}`;
}

/**
 * Creates a registry in the browser's localStorage, which all tabs share. `put` and `remove` reject if the storage is full or
 * not available.
 *
 * @param storageKey Use a key for each user if several users share a browser.
 */
export function localStorageThreads(storageKey = STORAGE_KEY): ThreadRegistry {
  const read = (): ThreadEntry[] => {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
      return Array.isArray(value) ? value.flatMap(readEntry) : [];
    } catch {
      // The entry is not JSON, or the storage is not available.
      return [];
    }
  };
  const write = (entries: ThreadEntry[]) =>
    localStorage.setItem(storageKey, JSON.stringify(entries));
  return {
    list: async () => read(),
    put: async (entry) => write([...read().filter(({ id }) => id !== entry.id), entry]),
    remove: async (threadId) => write(read().filter(({ id }) => id !== threadId)),
    subscribe(listener) {
      const onStorage = (event: StorageEvent) => {
        if (event.key === storageKey) listener();
      };
      window.addEventListener('storage', onStorage);
      return () => window.removeEventListener('storage', onStorage);
    },
  };
}

/** Returns the entry, or nothing if it is corrupt. Unknown fields are kept, because a newer version may have written them. */
function readEntry(value: unknown): ThreadEntry[] {
  if (!isRecord(value)) return [];
  const { id, title, updatedAt, isTitled, isPinned, isArchived, isUnread, ...others } = value;
  if (typeof id !== 'string' || typeof title !== 'string' || typeof updatedAt !== 'number')
    return [];
  const flags = Object.entries({ isTitled, isPinned, isArchived, isUnread });
  return [
    {
      ...others,
      id,
      title,
      updatedAt,
      ...Object.fromEntries(flags.filter(([, is]) => is === true)),
    },
  ];
}
