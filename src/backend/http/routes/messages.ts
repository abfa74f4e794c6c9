import { buildMessage } from '../../domain/buildMessage.js';
import { MAX_MESSAGES_PER_THREAD, toMessageChange } from '../../domain/buildThread.js';
import { badRequest } from '../../domain/errors.js';
import { findMessage, findThread } from '../../domain/findObjects.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { listPage } from '../response/pagination.js';
import { withAttachedFiles } from '../withAttachedFiles.js';

/** Creates the handlers for messages. */
export function messageRoutes(
  context: BackendContext,
): Handlers<'listMessages' | 'createMessage' | 'getMessage' | 'modifyMessage' | 'deleteMessage'> {
  const { store, engine } = context;
  return {
    async listMessages({ params, query }) {
      const thread = await findThread(store, params.thread_id);
      const runId = query.get('run_id');
      return listPage(store, 'messages', query, {
        parent: thread.id,
        ...(runId === null ? {} : { where: { field: 'run_id', value: runId } }),
      });
    },

    createMessage: ({ params, body }) =>
      context.withLock(params.thread_id, async () => {
        const thread = await findThread(store, params.thread_id);
        const active = await engine.findActiveRun(thread.id);
        if (active !== undefined) {
          throw badRequest(
            `Can't add messages to ${thread.id} while a run ${active.id} is active.`,
          );
        }
        if ((await store.count('messages', thread.id)) >= MAX_MESSAGES_PER_THREAD) {
          throw badRequest(
            `Thread ${thread.id} already has ${MAX_MESSAGES_PER_THREAD} messages, which is the maximum.`,
          );
        }
        const message = await buildMessage(context, thread.id, body);
        return withAttachedFiles(context, thread, [message], async ({ changes }) => {
          await store.write([...changes, toMessageChange(message)]);
          return message;
        });
      }),

    getMessage: ({ params }) => findMessage(store, params.thread_id, params.message_id),

    modifyMessage: ({ params, body }) =>
      context.withLock(params.thread_id, async () => {
        const message = await findMessage(store, params.thread_id, params.message_id);
        if (body.metadata === undefined) return message;
        const changed = { ...message, metadata: body.metadata ?? {} };
        await store.write([{ type: 'put', collection: 'messages', object: changed }]);
        return changed;
      }),

    deleteMessage: ({ params }) =>
      context.withLock(params.thread_id, async () => {
        const { id } = await findMessage(store, params.thread_id, params.message_id);
        await store.write([{ type: 'remove', collection: 'messages', id }]);
        return { id, object: 'thread.message.deleted', deleted: true };
      }),
  };
}
