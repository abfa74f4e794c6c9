import type { MessageFile } from '../../../protocol/types.js';
import type { BackendContext } from '../BackendContext.js';
import { notFound } from '../../domain/errors.js';
import type { Handlers } from '../operations.js';
import { findMessage } from '../../domain/findObjects.js';
import { paginate } from '../response/pagination.js';
import type { Collections } from '../../stores/Store.js';

/** The operations on the files of messages: version 1 on the wire, answered in both. */
export function messageFileRoutes({
  store,
}: BackendContext): Handlers<'listMessageFiles' | 'getMessageFile'> {
  return {
    async listMessageFiles({ params, query }) {
      const message = await findMessage(store, params.thread_id, params.message_id);
      return paginate(
        message.file_ids.map((fileId) => messageFile(message, fileId)),
        query,
      );
    },

    async getMessageFile({ params }) {
      const message = await findMessage(store, params.thread_id, params.message_id);
      if (!message.file_ids.includes(params.file_id)) throw notFound('file', params.file_id);
      return messageFile(message, params.file_id);
    },
  };
}

function messageFile(message: Collections['messages'], fileId: string): MessageFile {
  return {
    id: fileId,
    object: 'thread.message.file',
    created_at: message.created_at,
    message_id: message.id,
  };
}
