import { tryDecodeBase64 } from '../../../common/tryDecodeBase64.js';
import { encodeBytes } from '../../search/vectors/encodeBytes.js';
import type { VectorBatch, VectorStorage } from '../../search/vectors/VectorStorage.js';
import { iterateList } from '../../stores/iterateList.js';
import type { Change, Collections, Store, SharedVectorIndex } from '../../stores/Store.js';

/** Options for `createVectorStorage`. */
export interface VectorStorageOptions {
  store: Store;
  withLock: <T>(key: string, task: () => Promise<T>) => Promise<T>;
  /** Index of the database. */
  index: SharedVectorIndex | undefined;
}

type StoredBatch = Collections['fileVectors'];

/** Creates the storage of vectors in a store. They are removed with their file. */
export function createVectorStorage({
  store,
  withLock,
  index,
}: VectorStorageOptions): VectorStorage {
  return {
    index,

    async readLast(fileId, key) {
      const page = await store.list('fileVectors', {
        parent: fileId,
        where: { field: 'key', value: key },
        order: 'desc',
        limit: 1,
      });
      const [last] = page?.data ?? [];
      return last && toBatch(last);
    },

    async readAll(fileId, key) {
      const batches: VectorBatch[] = [];
      const query = { parent: fileId, where: { field: 'key', value: key }, order: 'asc' } as const;
      for await (const batch of iterateList(store, 'fileVectors', query))
        batches.push(toBatch(batch));
      return batches;
    },

    append: (fileId, key, { first, dimensions, values, isLast }) =>
      // Locked, so that a deleted file leaves no vectors.
      withLock(fileId, async () => {
        if ((await store.get('files', fileId)) === undefined) return false;
        const object: StoredBatch = {
          id: `${key}/${first}`,
          file_id: fileId,
          key,
          first,
          dimensions,
          values: encodeBytes(values),
          is_last: isLast,
        };
        await store.write([{ type: 'put', collection: 'fileVectors', object, parent: fileId }]);
        return true;
      }),

    remove: (fileId, isRemoved) =>
      withLock(fileId, async () => {
        const changes: Change[] = [];
        const query = { parent: fileId, order: 'asc' } as const;
        for await (const { id, key } of iterateList(store, 'fileVectors', query))
          if (isRemoved(key)) changes.push({ type: 'remove', collection: 'fileVectors', id });
        if (changes.length > 0) await store.write(changes);
      }),
  };
}

function toBatch({ first, dimensions, values, is_last: isLast }: StoredBatch): VectorBatch {
  const bytes = tryDecodeBase64(values) ?? new Uint8Array();
  return { first, dimensions, values: new Int8Array(bytes.buffer), isLast };
}
