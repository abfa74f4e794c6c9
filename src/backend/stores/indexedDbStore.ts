import { assertParent } from './collections.js';
import { memoryStore } from './memoryStore.js';
import { openIndexedDb, type RowChanges, type StoredRow } from './openIndexedDb.js';
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
  places.commit(new Map(kept.map((row) => [getKey(row.collection, row.id), row])));
  await file.write({
    rows: new Map(leases.map(({ collection, id }) => [id, { collection, id, row: undefined }])),
    contents: new Map(),
  });

  async function apply(changes: Change[]): Promise<void> {
    const staged = places.stage(changes);
    await file.write(staged);
    await memory.write(changes);
    places.commit(new Map([...staged.rows].map(([key, { row }]) => [key, row])));
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
  return {
    /** Returns the rows and contents that a batch changes. @throws Error if the first put of a child names no parent. */
    stage(changes: readonly Change[]): RowChanges {
      const rows = new Map<
        string,
        { collection: Collection; id: string; row: StoredRow | undefined }
      >();
      const contents = new Map<string, Uint8Array | undefined>();
      for (const change of changes) {
        if (change.type === 'putContent') contents.set(change.fileId, change.bytes);
        if (change.type === 'removeContent') contents.set(change.fileId, undefined);
        if (change.type === 'remove') {
          const { collection, id } = change;
          rows.set(getKey(collection, id), { collection, id, row: undefined });
        }
        if (change.type !== 'put') continue;
        const { collection, object, parent } = change;
        const { id } = object;
        const key = getKey(collection, id);
        const known = rows.has(key) ? rows.get(key)?.row : places.get(key);
        if (known === undefined) {
          assertParent(collection, id, parent);
          lastPosition += 1;
        }
        const place = known ?? { position: lastPosition, parent };
        rows.set(key, {
          collection,
          id,
          row: { collection, id, object, position: place.position, parent: place.parent },
        });
      }
      return { rows, contents };
    },

    commit(rows: ReadonlyMap<string, Place | undefined>): void {
      for (const [key, place] of rows) {
        if (place === undefined) places.delete(key);
        else places.set(key, { position: place.position, parent: place.parent });
        lastPosition = Math.max(lastPosition, place?.position ?? 0);
      }
    },
  };
}

function getKey(collection: Collection, id: string): string {
  return `${collection} ${id}`;
}

function isLease({ collection }: StoredRow): boolean {
  return collection === 'leases';
}
