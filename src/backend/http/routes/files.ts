import { sliceText } from '../../../common/sliceText.js';
import { toUnixSeconds } from '../../../common/toUnixSeconds.js';
import type { FileObject } from '../../../protocol/types.js';
import {
  badRequest,
  invalidType,
  invalidValue,
  missingParameter,
  notFound,
} from '../../domain/errors.js';
import { findFile } from '../../domain/findObjects.js';
import { changeFiles } from '../../domain/vectorStores/changeFiles.js';
import { iterateList } from '../../stores/iterateList.js';
import type { Change, Store } from '../../stores/Store.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { listPage } from '../response/pagination.js';

/** Maximum length of a file name in UTF-16 units, as in common file systems. */
const MAX_NAME_LENGTH = 255;
/** Accepted values of `purpose`. */
const PURPOSES = ['assistants', 'vision', 'user_data', 'batch', 'fine-tune', 'evals'];

/** Creates the handlers for files. */
export function fileRoutes(
  context: BackendContext,
): Handlers<'listFiles' | 'uploadFile' | 'getFile' | 'deleteFile' | 'getFileContent'> {
  const { store } = context;
  return {
    listFiles({ query }) {
      const purpose = query.get('purpose');
      const scope = purpose === null ? {} : { where: { field: 'purpose', value: purpose } };
      return listPage(store, 'files', query, scope, { maxLimit: 10_000, defaultLimit: 10_000 });
    },

    async uploadFile({ body: form }) {
      const { upload, purpose } = readUpload(form);
      const bytes = new Uint8Array(await upload.arrayBuffer());
      const file: FileObject = {
        id: context.generateId('file-'),
        object: 'file',
        bytes: bytes.length,
        created_at: toUnixSeconds(context.now()),
        expires_at: null,
        filename: upload.name,
        purpose,
        status: 'processed',
        status_details: null,
      };
      await store.write([
        { type: 'put', collection: 'files', object: file },
        { type: 'putContent', fileId: file.id, bytes },
      ]);
      return file;
    },

    getFile: ({ params }) => findFile(store, params.file_id),

    async deleteFile({ params }) {
      await removeFromVectorStores(context, (await findFile(store, params.file_id)).id);
      // Locked, because the status of a file changes when it is read, and that must not store it again.
      return context.withLock(params.file_id, async () => {
        const { id } = await findFile(store, params.file_id);
        await store.write([
          ...(await removeVectors(store, id)),
          { type: 'remove', collection: 'files', id },
          { type: 'removeContent', fileId: id },
        ]);
        return { id, object: 'file', deleted: true };
      });
    },

    async getFileContent({ params }) {
      const file = await findFile(store, params.file_id);
      const bytes = await store.getContent(file.id);
      if (bytes === undefined) throw notFound('file', file.id);
      // Copied, because a view of shared memory cannot be a response body.
      return new Response(Uint8Array.from(bytes), {
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(bytes.length),
          'content-disposition': `attachment; filename*=UTF-8''${encodeFilename(sliceText(file.filename, 0, MAX_NAME_LENGTH))}`,
          // Browsers must not render uploaded files as pages.
          'x-content-type-options': 'nosniff',
        },
      });
    },
  };
}

/** Returns the changes that remove the vectors of a file. */
async function removeVectors(store: Store, fileId: string): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const { id } of iterateList(store, 'fileVectors', { parent: fileId, order: 'asc' }))
    changes.push({ type: 'remove', collection: 'fileVectors', id });
  return changes;
}

/** Removes a file from all vector stores of the user. */
async function removeFromVectorStores(context: BackendContext, fileId: string): Promise<void> {
  const { store } = context;
  const page = await store.list('vectorStoreFiles', {
    where: { field: 'file_id', value: fileId },
    order: 'asc',
    limit: Number.MAX_SAFE_INTEGER,
  });
  for (const { id, vector_store_id: vectorStoreId } of page?.data ?? []) {
    await context.withLock(vectorStoreId, async () => {
      const previous = await store.get('vectorStoreFiles', id);
      const vectorStore = await store.get('vectorStores', vectorStoreId);
      if (previous === undefined || vectorStore === undefined) return;
      const { changes } = await changeFiles(store, vectorStore, [{ previous, next: undefined }]);
      await store.write(changes);
    });
  }
}

/** @throws HttpError 400 if a field is missing or invalid. */
function readUpload(form: FormData): { upload: File; purpose: string } {
  const upload = form.get('file');
  const purpose = form.get('purpose');
  if (upload === null) throw missingParameter('file');
  if (typeof upload === 'string') throw invalidType('file', 'a file', 'a string');
  if (upload.name.length > MAX_NAME_LENGTH) throw nameTooLong(upload.name.length);
  if (purpose === null) throw missingParameter('purpose');
  if (typeof purpose !== 'string') throw invalidValue('purpose', purpose.name, PURPOSES);
  if (!PURPOSES.includes(purpose)) throw invalidValue('purpose', purpose, PURPOSES);
  return { upload, purpose };
}

function nameTooLong(length: number) {
  return badRequest(
    `Invalid 'file': the file name is too long. Expected a name with maximum length ${MAX_NAME_LENGTH}, but got a name with length ${length} instead.`,
    { param: 'file', code: 'string_above_max_length' },
  );
}

/** Encodes a name as RFC 8187 requires. Lone surrogates, which cannot be encoded, become replacement characters. */
function encodeFilename(name: string): string {
  const wellFormed = new TextDecoder().decode(new TextEncoder().encode(name));
  return encodeURIComponent(wellFormed).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
