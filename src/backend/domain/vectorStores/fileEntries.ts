import type {
  FileAttributes,
  VectorStoreFile,
  VectorStoreFileStatus,
} from '../../../protocol/types.js';
import type { Collections } from '../../stores/Store.js';

/** File of a vector store, as it is stored. */
export type FileEntry = Collections['vectorStoreFiles'];

/** Returns the id under which a file of a vector store is stored. */
export function toEntryId(vectorStoreId: string, fileId: string): string {
  return `${vectorStoreId}/${fileId}`;
}

/** Settings of a file that is added to a vector store. */
export interface NewFileEntry {
  vectorStoreId: string;
  fileId: string;
  createdAt: number;
  chunking: NonNullable<VectorStoreFile['chunking_strategy']>;
  attributes?: FileAttributes | null | undefined;
  batchId?: string | undefined;
}

/** Builds a file of a vector store that was not read yet. */
export function buildFileEntry(settings: NewFileEntry): FileEntry {
  const { vectorStoreId, fileId, createdAt, chunking, attributes, batchId } = settings;
  return withStatus(
    {
      id: toEntryId(vectorStoreId, fileId),
      file_id: fileId,
      created_at: createdAt,
      vector_store_id: vectorStoreId,
      usage_bytes: 0,
      status: 'in_progress',
      last_error: null,
      chunking_strategy: chunking,
      attributes: attributes ?? {},
      ...(batchId === undefined ? {} : { batch_id: batchId }),
    },
    'in_progress',
  );
}

/** Returns a file with another status. */
export function withStatus(
  entry: FileEntry,
  status: VectorStoreFileStatus,
  fields: Partial<Pick<FileEntry, 'usage_bytes' | 'last_error'>> = {},
): FileEntry {
  const batch =
    entry.batch_id === undefined ? {} : { batch_status: toBatchStatus(entry.batch_id, status) };
  return { ...entry, ...fields, ...batch, status };
}

/** Value of `batch_status`. */
export function toBatchStatus(batchId: string, status: string): string {
  return `${batchId}/${status}`;
}

/** Returns a file of a vector store in the form of the API. */
export function toVectorStoreFile({
  file_id: fileId,
  batch_id: _1,
  batch_status: _2,
  ...entry
}: FileEntry): VectorStoreFile {
  return { ...entry, id: fileId, object: 'vector_store.file' };
}
