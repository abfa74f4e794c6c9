import { assertParent } from './collections.js';
import { memoryStore } from './memoryStore.js';
import {
  type FileChanges,
  openIndexedDb,
  type RowChange,
  type StoredRow,
} from './openIndexedDb.js';
import type { Change, Collection, Store } from './Store.js';

/** Options for `indexedDbStore`. */
export interface IndexedDbStoreOptions {
  /** Name of the database in the origin of the page. @default 'assistants-react' */
  name?: string;
}

/**
 * Opens a store that a browser keeps in IndexedDB, so that the threads of a backend in the page survive a reload. Everything is
 * loaded into memory when it is opened, which suits the conversations of one user. Each write is one transaction.
 *
 * The database belongs to one page, until `close` is called or the page ends.
 *
 * @throws StoreError `busy` if another tab has the database open, `failed` if the browser offers no storage, as in some private
 * windows. `write` rejects with `full` if the quota of the origin is used up, and then has written nothing.
 * @example
 * ```ts
 * import { createBackend, indexedDbStore } from 'assistants-react/backend';
 *
 * const backend = createBackend({ store: await indexedDbStore({ name: 'my-app' }) });
 * ```
 */
export async function indexedDbStore({
  name = 'assistants-react',
}: IndexedDbStoreOptions = {}): Promise<Store & Required<Pick<Store, 'close'>>> {
  const file = await openIndexedDb(name);
  const memory = memoryStore();
  const places = createPlaces();

  const { rows, contents } = await file.readAll();
  rows.sort((a, b) => a.position - b.position);
  // The pages that held leases have ended.
  const [leases, kept] = [rows.filter(isLease), rows.filter((row) => !isLease(row))];
  await memory.write([
    ...kept.map(({ collection, object, parent }): Change => {
      // The row was made from such a change, so object and collection belong together.
      return { type: 'put', collection, object, parent } as Change;
    }),
    ...contents.map(({ fileId, bytes }): Change => ({ type: 'putContent', fileId, bytes })),
  ]);
  places.commit(kept.map((row) => ({ collection: row.collection, id: row.id, row })));
  await file.write({
    rows: leases.map(({ collection, id }) => ({ collection, id, row: undefined })),
    contents: new Map(),
  });

  async function apply(changes: Change[]): Promise<void> {
    const staged = places.stage(changes);
    await file.write(staged);
    await memory.write(changes);
    places.commit(staged.rows);
  }

  // A batch is placed after the one before it was written.
  let last: Promise<void> = Promise.resolve();
  return {
    ...memory,
    write(changes) {
      const batch = structuredClone(changes);
      const written = last.then(() => apply(batch));
      last = written.catch(() => undefined);
      return written;
    },
    async close() {
      await last;
      file.close();
    },
  };
}

type Place = Pick<StoredRow, 'position' | 'parent'>;

/** Remembers the position and the parent of each stored object. */
function createPlaces() {
  const places = new Map<string, Place>();
  let lastPosition = 0;

  function createPlace(collection: Collection, id: string, parent: string | undefined): Place {
    assertParent(collection, id, parent);
    lastPosition += 1;
    return { position: lastPosition, parent };
  }

  return {
    /** Returns the rows and contents that a batch changes. @throws Error if the first put of a child names no parent. */
    stage(changes: readonly Change[]): FileChanges {
      const rows = new Map<string, RowChange>();
      const contents = new Map<string, Uint8Array | undefined>();
      for (const change of changes) {
        switch (change.type) {
          case 'put': {
            const { collection, object, parent } = change;
            const { id } = object;
            const key = getKey(collection, id);
            const known = rows.has(key) ? rows.get(key)?.row : places.get(key);
            const place = known ?? createPlace(collection, id, parent);
            rows.set(key, { collection, id, row: { ...toPlace(place), collection, id, object } });
            break;
          }
          case 'remove': {
            const { collection, id } = change;
            rows.set(getKey(collection, id), { collection, id, row: undefined });
            break;
          }
          case 'putContent':
            contents.set(change.fileId, change.bytes);
            break;
          case 'removeContent':
            contents.set(change.fileId, undefined);
        }
      }
      return { rows: [...rows.values()], contents };
    },

    commit(rows: readonly RowChange[]): void {
      for (const { collection, id, row } of rows) {
        if (row === undefined) places.delete(getKey(collection, id));
        else places.set(getKey(collection, id), toPlace(row));
        lastPosition = Math.max(lastPosition, row?.position ?? 0);
      }
    },
  };
}

function toPlace({ position, parent }: Place): Place {
  return { position, parent };
}

function getKey(collection: Collection, id: string): string {
  return `${collection} ${id}`;
}

function isLease({ collection }: StoredRow): boolean {
  return collection === 'leases';
}
