import { createKeyedMutex } from '../../../common/createKeyedMutex.js';
import { iterateList } from '../iterateList.js';
import type { Change, Store } from '../Store.js';
import type { BlobStore } from './BlobStore.js';

/** Store whose files have their contents in a blob store. */
export interface BlobBackedStore extends Store {
  /** Removes the contents that interrupted uploads and deletions have left. Call it after opening the store. */
  removeOrphans(signal: AbortSignal): Promise<void>;
}

/** A batch, with the contents that it changes. */
interface Batch {
  puts: Map<string, Uint8Array>;
  removedIds: Set<string>;
  changes: Change[];
}

/**
 * Returns a store that keeps the contents of files in a blob store. Contents that are in the database already stay there until
 * their files are deleted.
 *
 * A blob store has no transactions. So an upload first records that its content is to be removed, then stores the
 * content, and removes the record together with the write of the file. A deletion stores such a record together with
 * its write, and then removes the content. If either is interrupted, the record names the content that no file has.
 */
export function withBlobStore(store: Store, blobs: BlobStore): BlobBackedStore {
  const lock = store.withLock?.bind(store) ?? createKeyedMutex();
  const withContentLock = <T>(id: string, task: () => Promise<T>) => lock(`content ${id}`, task);

  /** Removes a content, unless its file was stored meanwhile. */
  async function removeOrphan(id: string): Promise<void> {
    await withContentLock(id, async () => {
      const record = await store.get('removals', id);
      if (record?.kind !== 'content') return;
      await blobs.remove(id);
      await store.write([{ type: 'remove', collection: 'removals', id }]);
    });
  }

  async function writeBatch({ puts, removedIds, changes }: Batch): Promise<void> {
    if (puts.size > 0) await store.write([...puts.keys()].map(addRecord));
    for (const [id, bytes] of puts) await blobs.put(id, bytes);
    await store.write([
      ...changes,
      ...[...puts.keys()].map(removeRecord),
      ...[...removedIds].map(addRecord),
    ]);
  }

  async function write(changes: readonly Change[]): Promise<void> {
    const batch = splitBatch(changes);
    const ids = [...batch.puts.keys(), ...batch.removedIds].toSorted();
    const writeLocked = ids.reduceRight<() => Promise<void>>(
      (task, id) => () => withContentLock(id, task),
      () => writeBatch(batch),
    );
    try {
      await writeLocked();
    } catch (error) {
      // A content that was put has a record, unless the write has succeeded without an answer.
      void Promise.all(ids.map(removeOrphan)).catch(() => undefined);
      throw error;
    }
    // The files are deleted. If this fails, the next start removes their contents.
    await Promise.all([...batch.removedIds].map(removeOrphan)).catch(() => undefined);
  }

  return {
    ...store,
    write: (changes) => (changes.some(isContentChange) ? write(changes) : store.write(changes)),
    getContent: async (fileId) => (await blobs.get(fileId)) ?? store.getContent(fileId),
    async removeOrphans(signal) {
      const ids: string[] = [];
      for await (const { id, kind } of iterateList(store, 'removals', { order: 'asc' }))
        if (kind === 'content') ids.push(id);
      for (const id of ids) {
        if (signal.aborted) return;
        await removeOrphan(id);
      }
    },
  };
}

function isContentChange({ type }: Change): boolean {
  return type === 'putContent' || type === 'removeContent';
}

/** Separates the contents from a batch. The last change of each content counts. */
function splitBatch(changes: readonly Change[]): Batch {
  const batch: Batch = { puts: new Map(), removedIds: new Set(), changes: [] };
  for (const change of changes) {
    if (change.type === 'putContent') {
      batch.puts.set(change.fileId, change.bytes);
      batch.removedIds.delete(change.fileId);
      continue;
    }
    if (change.type === 'removeContent') {
      batch.puts.delete(change.fileId);
      batch.removedIds.add(change.fileId);
    }
    batch.changes.push(change);
  }
  return batch;
}

const addRecord = (id: string): Change => ({
  type: 'put',
  collection: 'removals',
  object: { id, kind: 'content' },
});

const removeRecord = (id: string): Change => ({ type: 'remove', collection: 'removals', id });
