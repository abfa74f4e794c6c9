/** Thread in a list of threads. */
export interface ThreadEntry {
  id: string;
  title: string;
  /** Time of the last use, in milliseconds since 1970. */
  updatedAt: number;
  /** True if the user or `generateTitle` has chosen the title. Other titles are the first words. @default false */
  isTitled?: boolean | undefined;
  /** Pinned threads are listed first. @default false */
  isPinned?: boolean | undefined;
  /** Archived threads are listed last, folded. @default false */
  isArchived?: boolean | undefined;
  /** True if a run has ended since the user last opened the thread. @default false */
  isUnread?: boolean | undefined;
}

/**
 * Storage for the titles of a user's threads and their last uses, and for the list itself where the server cannot list threads.
 * Implement it over a table of your server to share it between devices.
 */
export interface ThreadRegistry {
  /** Returns all entries, in any order. */
  list(): Promise<ThreadEntry[]>;
  /** Adds an entry, or replaces the entry with the same id. */
  put(entry: ThreadEntry): Promise<void>;
  /** Removes an entry. Does nothing if there is none with this id. */
  remove(threadId: string): Promise<void>;
  /** Calls the listener when the list was changed elsewhere. Returns a function that unsubscribes. */
  subscribe?(listener: () => void): () => void;
}
