import type { MessageFile } from '../../../protocol/types.js';
import { notFound } from '../../domain/errors.js';
import { findMessage } from '../../domain/findObjects.js';
import type { Collections } from '../../stores/Store.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { paginate } from '../response/pagination.js';

/** Creates the handlers for files of messages. The operations belong to version 1 but work in both versions. */
export function messageFileRoutes({
  store,
}: BackendContext): Handlers<'listMessageFiles' | 'getMessageFile'> {
  return {
    async listMessageFiles({ params, query }) {
      const message = await findMessage(store, params.thread_id, params.message_id);
      const files = message.file_ids.map((fileId) => toMessageFile(message, fileId));
      return paginate(files, query);
    },

    async getMessageFile({ params }) {
      const message = await findMessage(store, params.thread_id, params.message_id);
      if (!message.file_ids.includes(params.file_id)) throw notFound('file', params.file_id);
      return toMessageFile(message, params.file_id);
    },
  };
}

function toMessageFile(message: Collections['messages'], fileId: string): MessageFile {
  return {
    id: fileId,
    object: 'thread.message.file',
    created_at: message.created_at,
    message_id: message.id,
  };
}
