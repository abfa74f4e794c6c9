import type { FileObject } from '../../../protocol/types.js';
import type { BackendContext } from '../BackendContext.js';
import { invalidType, invalidValue, missingParameter, notFound } from '../../domain/errors.js';
import type { Handlers } from '../operations.js';
import { findFile } from '../../domain/findObjects.js';
import { listPage } from '../response/pagination.js';

/** What a file may be uploaded for. */
const PURPOSES = ['assistants', 'vision', 'user_data', 'batch', 'fine-tune', 'evals'];

/** The operations on files. */
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
      const upload = form.get('file');
      const purpose = form.get('purpose');
      if (upload === null) throw missingParameter('file');
      if (typeof upload === 'string') {
        throw invalidType('file', 'a file', 'a string');
      }
      if (purpose === null) throw missingParameter('purpose');
      if (typeof purpose !== 'string' || !PURPOSES.includes(purpose)) {
        throw invalidValue(
          'purpose',
          typeof purpose === 'string' ? purpose : purpose.name,
          PURPOSES,
        );
      }
      const bytes = new Uint8Array(await upload.arrayBuffer());
      const file: FileObject = {
        id: context.generateId('file-'),
        object: 'file',
        bytes: bytes.length,
        created_at: Math.floor(context.now() / 1000),
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
      const { id } = await findFile(store, params.file_id);
      await store.write([
        { type: 'remove', collection: 'files', id },
        { type: 'removeContent', fileId: id },
      ]);
      return { id, object: 'file', deleted: true };
    },

    async getFileContent({ params }) {
      const file = await findFile(store, params.file_id);
      const bytes = await store.getContent(file.id);
      if (bytes === undefined) throw notFound('file', file.id);
      // Copied, since a view may lie over shared memory, which no body takes.
      return new Response(Uint8Array.from(bytes), {
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(bytes.length),
          'content-disposition': `attachment; filename*=UTF-8''${encodeFilename(file.filename)}`,
          // Whatever was uploaded, no browser is to take it for a page.
          'x-content-type-options': 'nosniff',
        },
      });
    },
  };
}

/** As RFC 8187 wants it. A lone surrogate, which no encoder takes, becomes a replacement character. */
function encodeFilename(name: string): string {
  return encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(name))).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
