import { parseCallRecord, type CallRecord } from './CallRecord.js';

/** Stores records of calls for other tabs and for the page after a reload. */
export interface CallRecords {
  /** False without storage: other tabs do not see the records then. */
  readonly isShared: boolean;
  read: (key: string) => CallRecord | undefined;
  /** Merges a change into a record. Creates the record if there is none. */
  write: (key: string, change: Omit<CallRecord, 'at'>) => void;
  /** Marks a call as closed and removes everything else from its record. */
  close: (key: string) => void;
  /** Calls the listener when another tab writes a record. Returns a function that unsubscribes. */
  subscribe: (listener: () => void) => () => void;
}

/** Change that removes everything that the user has begun to write. */
export const noDrafts = { draft: undefined, denialDraft: undefined };

const PREFIX = 'assistants-react:call:';
const MAX_RECORDS = 50;
/** In UTF-16 units. Longer records last as long as the page. */
const MAX_RECORD_LENGTH = 64_000;
const MAX_AGE_MS = 24 * 60 * 60 * 1_000;

/**
 * Stores records in localStorage: at most 50, for a day. Without storage, or if it is full, records last as long as the page.
 *
 * @param storage Undefined if the browser denies access to it.
 */
export function createCallRecords(storage: Storage | undefined): CallRecords {
  /** Records that are not in the storage. */
  const memory = new Map<string, CallRecord>();

  const read: CallRecords['read'] = (key) =>
    memory.get(key) ?? parseCallRecord(readItem(storage, PREFIX + key));

  const write: CallRecords['write'] = (key, change) => {
    const record = { ...read(key), ...change, at: Date.now() };
    if (storage && storeRecord(storage, key, record)) memory.delete(key);
    else memory.set(key, record);
  };

  return {
    isShared: storage !== undefined,
    read,
    write,
    close: (key) =>
      write(key, { ...noDrafts, startedBy: undefined, output: undefined, isClosed: true }),
    subscribe(listener) {
      const onStorage = ({ key }: StorageEvent): void => {
        if (key?.startsWith(PREFIX)) listener();
      };
      globalThis.addEventListener?.('storage', onStorage);
      return () => globalThis.removeEventListener?.('storage', onStorage);
    },
  };
}

function readItem(storage: Storage | undefined, name: string): string | null | undefined {
  try {
    return storage?.getItem(name);
  } catch {
    // The browser denies access.
    return undefined;
  }
}

/** Returns false if the record does not fit into the storage. */
function storeRecord(storage: Storage, key: string, record: CallRecord): boolean {
  const text = JSON.stringify(record);
  if (text.length > MAX_RECORD_LENGTH) return false;
  try {
    storage.setItem(PREFIX + key, text);
    prune(storage);
    return true;
  } catch {
    // The storage is full, or the browser denies access.
    return false;
  }
}

/** Removes records that are older than a day, and the oldest ones if there are too many. */
function prune(storage: Storage): void {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  const records = names
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => ({ name, at: parseCallRecord(storage.getItem(name))?.at ?? 0 }))
    .sort((one, other) => other.at - one.at);
  for (const [index, { name, at }] of records.entries())
    if (index >= MAX_RECORDS || Date.now() - at > MAX_AGE_MS) storage.removeItem(name);
}
