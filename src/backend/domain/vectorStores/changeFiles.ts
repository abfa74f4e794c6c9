import type {
  VectorStoreFileBatch,
  VectorStoreFileCounts,
  VectorStoreFileStatus,
} from '../../../protocol/types.js';
import type { Change, Collections, Store } from '../../stores/Store.js';
import { type FileEntry, toEntryId } from './fileEntries.js';

type VectorStore = Collections['vectorStores'];

/** Change of one file of a vector store. Without `previous` it is added, without `next` it is removed. */
export interface FileChange {
  previous: FileEntry | undefined;
  next: FileEntry | undefined;
}

/** Counts of a vector store or a batch without files. */
export const NO_FILES: VectorStoreFileCounts = {
  in_progress: 0,
  completed: 0,
  failed: 0,
  cancelled: 0,
  total: 0,
};

/**
 * Returns the changes that store files of a vector store together with the counts of the store and of their batches.
 * Call it while the vector store is locked.
 *
 * @param newBatch Batch that the files belong to and that is not stored yet, with empty counts.
 */
export async function changeFiles(
  store: Pick<Store, 'get'>,
  vectorStore: VectorStore,
  fileChanges: readonly FileChange[],
  newBatch?: VectorStoreFileBatch,
): Promise<{
  vectorStore: VectorStore;
  batch: VectorStoreFileBatch | undefined;
  changes: Change[];
}> {
  let counts = vectorStore.file_counts;
  let usageBytes = vectorStore.usage_bytes;
  const batches = new Map(newBatch === undefined ? [] : [[newBatch.id, newBatch]]);
  for (const { previous, next } of fileChanges) {
    counts = moveFile(counts, previous?.status, next?.status);
    usageBytes += (next?.usage_bytes ?? 0) - (previous?.usage_bytes ?? 0);
    await moveInBatches(store, batches, previous, next);
  }
  const changed = withStatusOfFiles({
    ...vectorStore,
    file_counts: counts,
    usage_bytes: usageBytes,
  });
  return {
    vectorStore: changed,
    batch: newBatch && batches.get(newBatch.id),
    changes: [
      { type: 'put', collection: 'vectorStores', object: changed },
      ...fileChanges.flatMap((change) => toChange(vectorStore.id, change)),
      ...[...batches.values()].map((object): Change => ({
        type: 'put',
        collection: 'vectorStoreBatches',
        object,
        parent: vectorStore.id,
      })),
    ],
  };
}

/** Returns the stored file of a vector store. */
export function getFileEntry(
  store: Pick<Store, 'get'>,
  vectorStoreId: string,
  fileId: string,
): Promise<FileEntry | undefined> {
  return store.get('vectorStoreFiles', toEntryId(vectorStoreId, fileId));
}

function toChange(parent: string, { previous, next }: FileChange): Change[] {
  if (next !== undefined)
    return [{ type: 'put', collection: 'vectorStoreFiles', object: next, parent }];
  return previous === undefined
    ? []
    : [{ type: 'remove', collection: 'vectorStoreFiles', id: previous.id }];
}

/** Returns a vector store with the status that follows from its files. */
function withStatusOfFiles(vectorStore: VectorStore): VectorStore {
  const isReading = vectorStore.file_counts.in_progress > 0;
  return { ...vectorStore, status: isReading ? 'in_progress' : 'completed' };
}

function moveFile(
  counts: VectorStoreFileCounts,
  from: VectorStoreFileStatus | undefined,
  to: VectorStoreFileStatus | undefined,
): VectorStoreFileCounts {
  const moved = { ...counts };
  if (from !== undefined) {
    moved[from] -= 1;
    moved.total -= 1;
  }
  if (to !== undefined) {
    moved[to] += 1;
    moved.total += 1;
  }
  return moved;
}

/** Updates the batches of a file. Changes `batches`. */
async function moveInBatches(
  store: Pick<Store, 'get'>,
  batches: Map<string, VectorStoreFileBatch>,
  previous: FileEntry | undefined,
  next: FileEntry | undefined,
): Promise<void> {
  const update = async (
    id: string,
    from: VectorStoreFileStatus | undefined,
    to: VectorStoreFileStatus,
  ): Promise<void> => {
    const batch = batches.get(id) ?? (await store.get('vectorStoreBatches', id));
    if (batch !== undefined) batches.set(id, moveInBatch(batch, from, to));
  };
  const [before, after] = [previous?.batch_id, next?.batch_id];
  if (after !== undefined && next !== undefined)
    await update(after, before === after ? previous?.status : undefined, next.status);
  // A batch counts a file as it was when it left the batch. One that was not read yet never will be, so the batch must not wait.
  if (before !== undefined && before !== after && previous?.status === 'in_progress')
    await update(before, 'in_progress', 'cancelled');
}

function moveInBatch(
  batch: VectorStoreFileBatch,
  from: VectorStoreFileStatus | undefined,
  to: VectorStoreFileStatus,
): VectorStoreFileBatch {
  const counts = moveFile(batch.file_counts, from, to);
  const status = counts.in_progress > 0 ? 'in_progress' : 'completed';
  return {
    ...batch,
    file_counts: counts,
    status: batch.status === 'cancelled' ? 'cancelled' : status,
  };
}
