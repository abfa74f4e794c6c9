import { toUnixSeconds } from '../../../common/toUnixSeconds.js';
import { notFound } from '../../domain/errors.js';
import { findFile, findVectorStore, findVectorStoreFile } from '../../domain/findObjects.js';
import { changeFiles, getFileEntry } from '../../domain/vectorStores/changeFiles.js';
import { toFileChunking } from '../../domain/vectorStores/chunking.js';
import { assertNotExpired, withUse } from '../../domain/vectorStores/expiry.js';
import {
  buildFileEntry,
  type FileEntry,
  toVectorStoreFile,
} from '../../domain/vectorStores/fileEntries.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { assertRoom, listFilePage, readStatusFilter } from '../response/vectorStoreFiles.js';

/** Creates the handlers for the files of vector stores. */
export function vectorStoreFileRoutes(
  context: BackendContext,
): Handlers<
  | 'listVectorStoreFiles'
  | 'createVectorStoreFile'
  | 'getVectorStoreFile'
  | 'modifyVectorStoreFile'
  | 'deleteVectorStoreFile'
  | 'getVectorStoreFileContent'
> {
  const { store, vectorStores } = context;

  /** Returns a file of a vector store. Continues to read it if that was interrupted. */
  function show(entry: FileEntry) {
    if (entry.status === 'in_progress') vectorStores.start(entry.vector_store_id);
    return toVectorStoreFile(entry);
  }

  return {
    async listVectorStoreFiles({ params, query }) {
      const { id } = await findVectorStore(store, params.vector_store_id);
      const status = readStatusFilter(query);
      const scope = status === undefined ? {} : { where: { field: 'status', value: status } };
      const page = await listFilePage(store, id, query, scope);
      return { ...page, data: page.data.map(show) };
    },

    createVectorStoreFile: ({ params, body }) =>
      context.withLock(params.vector_store_id, async () => {
        const nowSeconds = toUnixSeconds(context.now());
        const stored = await findVectorStore(store, params.vector_store_id);
        assertNotExpired(stored, nowSeconds);
        const file = await findFile(store, body.file_id);
        const previous = await getFileEntry(store, stored.id, file.id);
        if (previous === undefined) assertRoom(stored.id, stored.file_counts.total + 1);
        const next = buildFileEntry({
          vectorStoreId: stored.id,
          fileId: file.id,
          createdAt: previous?.created_at ?? nowSeconds,
          chunking: toFileChunking(body.chunking_strategy),
          attributes: body.attributes,
        });
        const used = withUse(stored, nowSeconds);
        const { changes } = await changeFiles(store, used, [{ previous, next }]);
        await store.write(changes);
        return show(next);
      }),

    getVectorStoreFile: async ({ params }) =>
      show(await findVectorStoreFile(store, params.vector_store_id, params.file_id)),

    modifyVectorStoreFile: ({ params, body }) =>
      context.withLock(params.vector_store_id, async () => {
        const { vector_store_id: id, file_id: fileId } = params;
        const entry = await findVectorStoreFile(store, id, fileId);
        const object = { ...entry, attributes: body.attributes ?? {} };
        await store.write([{ type: 'put', collection: 'vectorStoreFiles', object, parent: id }]);
        return show(object);
      }),

    deleteVectorStoreFile: ({ params }) =>
      context.withLock(params.vector_store_id, async () => {
        const { vector_store_id: id, file_id: fileId } = params;
        const previous = await findVectorStoreFile(store, id, fileId);
        const stored = await findVectorStore(store, id);
        const { changes } = await changeFiles(store, stored, [{ previous, next: undefined }]);
        await store.write(changes);
        return { id: fileId, object: 'vector_store.file.deleted', deleted: true };
      }),

    async getVectorStoreFileContent({ params, signal }) {
      const { vector_store_id: id, file_id: fileId } = params;
      await findVectorStoreFile(store, id, fileId);
      const file = await store.get('files', fileId);
      const text = file && (await vectorStores.readText(file, signal));
      if (text === undefined) throw notFound('file', fileId);
      return {
        object: 'vector_store.file_content.page',
        data: [{ type: 'text', text }],
        has_more: false,
        next_page: null,
      };
    },
  };
}
