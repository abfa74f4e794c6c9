import { isRecord } from '../../common/isRecord.js';
import type { ThreadEntry, ThreadRegistry } from './ThreadRegistry.js';

/**
 * Creates a registry in the browser's localStorage, which all tabs share. `put` and `remove` reject if the storage is full or
 * not available.
 *
 * @param storageKey Use a key for each user if several users share a browser.
 */
export function localStorageThreads(storageKey = 'assistants-react:threads'): ThreadRegistry {
  const read = (): ThreadEntry[] => {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
      return Array.isArray(value) ? value.filter(isThreadEntry) : [];
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

function isThreadEntry(value: unknown): value is ThreadEntry {
  if (!isRecord(value)) return false;
  const { id, title, updatedAt } = value;
  return typeof id === 'string' && typeof title === 'string' && typeof updatedAt === 'number';
}
