import { toFields } from '../../common/toFields.js';
import { isId } from '../../protocol/isId.js';
import { changeFiles } from '../domain/vectorStores/changeFiles.js';
import { toFileChunking } from '../domain/vectorStores/chunking.js';
import { buildFileEntry, type FileEntry } from '../domain/vectorStores/fileEntries.js';
import type { Collections } from '../stores/Store.js';
import { attempt, type ImportContext, isNew } from './ImportContext.js';
import type { Fields } from './ThreadRecord.js';
import { InputFault } from './TransferError.js';
import { toStoredVectorStore, toStoredVectorStoreFile } from './toStoredObjects.js';

/** Imports vector stores with their files. Those that the store has are left as they are. */
export async function importVectorStores(
  context: ImportContext,
  vectorStores: readonly Fields[],
  files: readonly Fields[],
): Promise<void> {
  const filesByStore = new Map<unknown, Map<string, FileEntry>>();
  for (const file of files) {
    await attempt(context, undefined, file['id'], async () => {
      const entry = toStoredVectorStoreFile(file);
      const known = filesByStore.get(entry.vector_store_id) ?? new Map<string, FileEntry>();
      if (!known.has(entry.id)) known.set(entry.id, entry);
      filesByStore.set(entry.vector_store_id, known);
    });
  }
  for (const raw of vectorStores) {
    await attempt(context, 'vectorStores', raw['id'], () =>
      importVectorStore(context, raw, [...(filesByStore.get(raw['id'])?.values() ?? [])]),
    );
  }
}

/** Imports a vector store with its files, in one write. @throws InputFault */
async function importVectorStore(
  context: ImportContext,
  raw: Fields,
  listed: readonly FileEntry[],
): Promise<void> {
  const empty = toStoredVectorStore(raw);
  const known = listed.length > 0 ? listed : listNamedFiles(empty, raw);
  const entries = await listStoredFiles(context, known);
  const added = entries.map((next) => ({ previous: undefined, next }));
  const { vectorStore, changes } = await changeFiles(context.store, empty, added);
  const { vectorStores: counts } = context.report.counts;
  if (!(await isNew(context, 'vectorStores', vectorStore))) {
    counts.present += 1;
    return;
  }
  await context.write(changes);
  counts.added += 1;
  const total = toFields(raw['file_counts'])['total'];
  if (known.length > 0 || typeof total !== 'number' || total === 0) return;
  context.report.problems.push({
    type: 'missing',
    where: vectorStore.id,
    message: `The source lacks the list of the files of this vector store, which had ${total}.`,
    advice: 'Upload the files again, and add them to the vector store.',
  });
}

/**
 * Returns the files that the store has, and reports the others. As with a deleted file, the vector store does not keep them. It
 * must not search files of another user.
 */
async function listStoredFiles(
  context: ImportContext,
  entries: readonly FileEntry[],
): Promise<FileEntry[]> {
  const stored: FileEntry[] = [];
  for (const entry of entries) {
    const { file_id: fileId, vector_store_id: vectorStoreId } = entry;
    await attempt(context, undefined, vectorStoreId, async () => {
      const file = await context.find('files', fileId);
      if (file === undefined)
        throw new InputFault(
          `The vector store was imported without the file ${fileId}, which the store does not have.`,
        );
      stored.push(entry);
    });
  }
  return stored;
}

/** Returns the files of a vector store that names them in `file_ids`. */
function listNamedFiles({ id, created_at: createdAt }: Collections['vectorStores'], raw: Fields) {
  const names: unknown[] = Array.isArray(raw['file_ids']) ? raw['file_ids'] : [];
  const chunking = toFileChunking(undefined);
  return [...new Set(names.filter(isId))].map((fileId) =>
    buildFileEntry({ vectorStoreId: id, fileId, createdAt, chunking }),
  );
}
