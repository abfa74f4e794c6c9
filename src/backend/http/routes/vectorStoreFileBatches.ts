import { toUnixSeconds } from '../../../common/toUnixSeconds.js';
import type {
  CreateVectorStoreFileBatchRequest,
  CreateVectorStoreFileRequest,
  VectorStoreFileBatch,
} from '../../../protocol/types.js';
import { badRequest } from '../../domain/errors.js';
import { findFile, findVectorStore, findVectorStoreBatch } from '../../domain/findObjects.js';
import {
  changeFiles,
  type FileChange,
  getFileEntry,
  NO_FILES,
} from '../../domain/vectorStores/changeFiles.js';
import { toFileChunking } from '../../domain/vectorStores/chunking.js';
import { assertNotExpired, withUse } from '../../domain/vectorStores/expiry.js';
import {
  buildFileEntry,
  toBatchStatus,
  toVectorStoreFile,
  withStatus,
} from '../../domain/vectorStores/fileEntries.js';
import type { Store } from '../../stores/Store.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { assertRoom, listFilePage, readStatusFilter } from '../response/vectorStoreFiles.js';

/** Creates the handlers for batches of files of vector stores. */
export function vectorStoreFileBatchRoutes(
  context: BackendContext,
): Handlers<
  | 'createVectorStoreFileBatch'
  | 'getVectorStoreFileBatch'
  | 'cancelVectorStoreFileBatch'
  | 'listVectorStoreBatchFiles'
> {
  const { store, vectorStores } = context;

  /** Returns a batch. Continues to read its files if that was interrupted. */
  function show(batch: VectorStoreFileBatch): VectorStoreFileBatch {
    if (batch.file_counts.in_progress > 0) vectorStores.start(batch.vector_store_id);
    return batch;
  }

  return {
    createVectorStoreFileBatch: ({ params, body }) =>
      context.withLock(params.vector_store_id, async () => {
        const nowSeconds = toUnixSeconds(context.now());
        const stored = await findVectorStore(store, params.vector_store_id);
        assertNotExpired(stored, nowSeconds);
        const batch: VectorStoreFileBatch = {
          id: context.generateId('vsfb_'),
          object: 'vector_store.files_batch',
          created_at: nowSeconds,
          vector_store_id: stored.id,
          status: 'in_progress',
          file_counts: NO_FILES,
        };
        const added = await buildChanges(store, batch, readFiles(body));
        const newCount = added.filter(({ previous }) => previous === undefined).length;
        assertRoom(stored.id, stored.file_counts.total + newCount);
        const used = withUse(stored, nowSeconds);
        const built = await changeFiles(store, used, added, batch);
        await store.write(built.changes);
        return show(built.batch ?? batch);
      }),

    getVectorStoreFileBatch: async ({ params }) =>
      show(await findVectorStoreBatch(store, params.vector_store_id, params.batch_id)),

    cancelVectorStoreFileBatch: ({ params }) =>
      context.withLock(params.vector_store_id, async () => {
        const { vector_store_id: id, batch_id: batchId } = params;
        const batch = await findVectorStoreBatch(store, id, batchId);
        if (batch.status !== 'in_progress') return batch;
        const stored = await findVectorStore(store, id);
        const page = await store.list('vectorStoreFiles', {
          parent: id,
          where: { field: 'batch_status', value: toBatchStatus(batchId, 'in_progress') },
          order: 'asc',
          limit: Number.MAX_SAFE_INTEGER,
        });
        const cancelled = (page?.data ?? []).map((previous) => ({
          previous,
          next: withStatus(previous, 'cancelled'),
        }));
        const ended: VectorStoreFileBatch = { ...batch, status: 'cancelled' };
        const built = await changeFiles(store, stored, cancelled, ended);
        await store.write(built.changes);
        return built.batch ?? ended;
      }),

    async listVectorStoreBatchFiles({ params, query }) {
      const { vector_store_id: id, batch_id: batchId } = params;
      show(await findVectorStoreBatch(store, id, batchId));
      const status = readStatusFilter(query);
      const where =
        status === undefined
          ? { field: 'batch_id', value: batchId }
          : { field: 'batch_status', value: toBatchStatus(batchId, status) };
      const page = await listFilePage(store, id, query, { where });
      return { ...page, data: page.data.map(toVectorStoreFile) };
    },
  };
}

/** Builds the files of a new batch. @throws HttpError 404 if a file does not exist. */
async function buildChanges(
  store: Store,
  { id: batchId, vector_store_id: vectorStoreId, created_at: nowSeconds }: VectorStoreFileBatch,
  files: readonly CreateVectorStoreFileRequest[],
): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  for (const { file_id: fileId, chunking_strategy: chunking, attributes } of files) {
    await findFile(store, fileId);
    const previous = await getFileEntry(store, vectorStoreId, fileId);
    const next = buildFileEntry({
      vectorStoreId,
      fileId,
      createdAt: previous?.created_at ?? nowSeconds,
      chunking: toFileChunking(chunking),
      attributes,
      batchId,
    });
    changes.push({ previous, next });
  }
  return changes;
}

/** Returns the files of a batch, each once. The last settings of a file count. @throws HttpError 400 */
function readFiles(body: CreateVectorStoreFileBatchRequest): CreateVectorStoreFileRequest[] {
  const { file_ids: ids, files, ...settings } = body;
  if ((ids === undefined) === (files === undefined)) {
    throw badRequest(
      ids === undefined
        ? "A batch needs 'file_ids' or 'files'."
        : "A batch takes either 'file_ids' or 'files', not both.",
      {
        param: 'file_ids',
        code: ids === undefined ? 'missing_required_parameter' : 'invalid_value',
      },
    );
  }
  const listed = files ?? ids?.map((file_id) => ({ file_id, ...settings })) ?? [];
  return [...new Map(listed.map((file) => [file.file_id, file])).values()];
}
