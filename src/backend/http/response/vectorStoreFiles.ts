import { badRequest, invalidValue } from '../../domain/errors.js';
import { type FileEntry, toEntryId } from '../../domain/vectorStores/fileEntries.js';
import type { ListQuery, Store } from '../../stores/Store.js';
import { listPage, type ListResponse } from './pagination.js';

/** Maximum number of files of a vector store. */
const MAX_FILES = 10_000;

const STATUSES = ['in_progress', 'completed', 'failed', 'cancelled'];

/** @throws HttpError 400 if a vector store would have too many files. */
export function assertRoom(vectorStoreId: string, count: number): void {
  if (count <= MAX_FILES) return;
  throw badRequest(`Vector store ${vectorStoreId} cannot hold more than ${MAX_FILES} files.`, {
    code: 'array_above_max_length',
  });
}

/** Reads the parameter `filter` of a list of files. @throws HttpError 400 for an unknown status. */
export function readStatusFilter(query: URLSearchParams): string | undefined {
  // Clients send an empty filter for all files.
  const status = query.get('filter') || undefined;
  if (status !== undefined && !STATUSES.includes(status))
    throw invalidValue('filter', status, STATUSES);
  return status;
}

/** Returns a page of the files of a vector store. Clients name files by their own ids, also as cursors. */
export async function listFilePage(
  store: Store,
  vectorStoreId: string,
  query: URLSearchParams,
  scope: Pick<ListQuery, 'where'>,
): Promise<ListResponse<FileEntry>> {
  const page = await listPage(
    store,
    'vectorStoreFiles',
    query,
    { parent: vectorStoreId, ...scope },
    { toStoredId: (id) => toEntryId(vectorStoreId, id) },
  );
  const toFileId = (entry: FileEntry | undefined) => entry?.file_id ?? null;
  return { ...page, first_id: toFileId(page.data[0]), last_id: toFileId(page.data.at(-1)) };
}
