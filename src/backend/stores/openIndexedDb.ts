import type { Collection, Collections } from './Store.js';
import { StoreError } from './StoreError.js';

/** Stored object with its place in the store. */
export interface StoredRow<C extends Collection = Collection> {
  collection: C;
  id: string;
  /** Insertion number. All lists are sorted by it. */
  position: number;
  parent: string | undefined;
  object: Collections[C];
}

/** Content of a file. */
export interface StoredContent {
  fileId: string;
  bytes: Uint8Array;
}

/** Change of a row. */
export interface RowChange {
  collection: Collection;
  id: string;
  /** Undefined removes the row. */
  row: StoredRow | undefined;
}

/** FileChanges of one transaction. Undefined contents are removed. */
export interface FileChanges {
  rows: readonly RowChange[];
  contents: ReadonlyMap<string, Uint8Array | undefined>;
}

/** Open database. */
export interface IndexedDbFile {
  readAll(): Promise<{ rows: StoredRow[]; contents: StoredContent[] }>;
  /** Writes all changes or none. @throws StoreError */
  write(changes: FileChanges): Promise<void>;
  close(): void;
}

const ROWS = 'rows';
const CONTENTS = 'contents';

/** Opens a database for this page alone, until `close` or the end of the page. @throws StoreError */
export async function openIndexedDb(name: string): Promise<IndexedDbFile> {
  if (typeof indexedDB === 'undefined' || typeof navigator.locks === 'undefined') {
    throw new StoreError(
      'failed',
      'This page has no IndexedDB or no Web Locks. Open it over https or from localhost, in a window that may store data.',
    );
  }
  const unlock = await lock(`indexed-db-store ${name}`, name);
  try {
    return createFile(await open(name), unlock);
  } catch (error) {
    unlock();
    throw toStoreError(error);
  }
}

/** Returns a function that releases the lock. The browser releases it when the page ends. */
function lock(key: string, name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(key, { ifAvailable: true }, (held) => {
        if (held === null) {
          throw new StoreError(
            'busy',
            `Another tab has the database ${name} open. Close that tab.`,
          );
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch((error: unknown) => reject(toStoreError(error)));
  });
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ROWS, { keyPath: ['collection', 'id'] });
    request.result.createObjectStore(CONTENTS, { keyPath: 'fileId' });
  };
  return toPromise(request);
}

function createFile(database: IDBDatabase, unlock: () => void): IndexedDbFile {
  return {
    async readAll() {
      const transaction = database.transaction([ROWS, CONTENTS]);
      const [rows, contents] = await Promise.all([
        // Only `write` below puts values into these stores.
        toPromise(transaction.objectStore(ROWS).getAll()) as Promise<StoredRow[]>,
        toPromise(transaction.objectStore(CONTENTS).getAll()) as Promise<StoredContent[]>,
      ]);
      return { rows, contents };
    },

    async write({ rows, contents }) {
      try {
        const transaction = database.transaction([ROWS, CONTENTS], 'readwrite');
        const rowStore = transaction.objectStore(ROWS);
        for (const { collection, id, row } of rows) {
          if (row === undefined) rowStore.delete([collection, id]);
          else rowStore.put(row);
        }
        const contentStore = transaction.objectStore(CONTENTS);
        for (const [fileId, bytes] of contents) {
          if (bytes === undefined) contentStore.delete(fileId);
          else contentStore.put({ fileId, bytes });
        }
        await settle(transaction);
      } catch (error) {
        throw toStoreError(error);
      }
    },

    close() {
      database.close();
      unlock();
    },
  };
}

function toPromise<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(toError(request.error)));
  });
}

function settle(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(toError(transaction.error)));
  });
}

function toError(error: DOMException | null): Error {
  return error ?? new Error('The transaction was aborted.');
}

function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return name === 'QuotaExceededError'
    ? new StoreError('full', 'The browser has no space left for this page.', { cause: error })
    : new StoreError('failed', `The browser could not store the data: ${message}`, {
        cause: error,
      });
}
