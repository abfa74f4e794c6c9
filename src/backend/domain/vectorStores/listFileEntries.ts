import { iterateList } from '../../stores/iterateList.js';
import type { Store } from '../../stores/Store.js';
import type { FileEntry } from './fileEntries.js';

/** Lists the files of a vector store that a search covers, oldest first: all but the cancelled ones. */
export async function listFileEntries(store: Store, vectorStoreId: string): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for await (const entry of iterateList(store, 'vectorStoreFiles', {
    parent: vectorStoreId,
    order: 'asc',
  }))
    if (entry.status !== 'cancelled') entries.push(entry);
  return entries;
}
