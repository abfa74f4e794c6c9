/** What is remembered of a thread: the API cannot list threads, so somebody has to. */
export interface ThreadEntry {
  id: string;
  title: string;
  /** Milliseconds since 1970. */
  updatedAt: number;
}

/** Where threads are remembered. Yours may be a table of your server's, by person. */
export interface ThreadRegistry {
  /** In any order. */
  list(): Promise<ThreadEntry[]>;
  /** Adds an entry, or replaces the one of its id. */
  put(entry: ThreadEntry): Promise<void>;
  remove(threadId: string): Promise<void>;
  /** Told when somebody else has changed the list. */
  subscribe?(listener: () => void): () => void;
}

/** Threads remembered as long as the page lives. */
export function memoryThreads(initial: ThreadEntry[] = []): ThreadRegistry {
  const entries = new Map(initial.map((entry) => [entry.id, entry]));
  return {
    list: async () => [...entries.values()],
    put: async (entry) => void entries.set(entry.id, entry),
    remove: async (threadId) => void entries.delete(threadId),
  };
}

/** Threads remembered by this browser, shared by its tabs. */
export function localStorageThreads(storageKey = 'assistants-react:threads'): ThreadRegistry {
  const read = (): ThreadEntry[] => {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
      return Array.isArray(value) ? value.filter(isEntry) : [];
    } catch {
      // Not ours, or storage is forbidden here: the same as none.
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
      const onStorage = (event: StorageEvent) => event.key === storageKey && listener();
      window.addEventListener('storage', onStorage);
      return () => window.removeEventListener('storage', onStorage);
    },
  };
}

function isEntry(value: unknown): value is ThreadEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, title, updatedAt } = value as Partial<ThreadEntry>;
  return typeof id === 'string' && typeof title === 'string' && typeof updatedAt === 'number';
}
