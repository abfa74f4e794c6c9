import type { BackendContext } from '../../context.js';
import { badRequest } from '../../domain/errors.js';
import type { Handlers } from '../http.js';
import { findMessage, findThread } from '../../domain/lookup.js';
import { newMessage } from '../../domain/newMessage.js';
import { MESSAGES_PER_THREAD, putMessage } from '../../domain/newThread.js';
import { listPage } from '../page.js';

/** The operations on messages. */
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
      context.exclusive(params.thread_id, async () => {
        const thread = await findThread(store, params.thread_id);
        const active = await engine.activeRun(thread.id);
        if (active !== undefined) {
          throw badRequest(
            `Can't add messages to ${thread.id} while a run ${active.id} is active.`,
          );
        }
        if ((await store.count('messages', thread.id)) >= MESSAGES_PER_THREAD) {
          throw badRequest(
            `Thread ${thread.id} already has ${MESSAGES_PER_THREAD} messages, the most it can hold.`,
          );
        }
        const message = await newMessage(context, thread.id, body);
        await store.write([putMessage(message)]);
        return message;
      }),

    getMessage: ({ params }) => findMessage(store, params.thread_id, params.message_id),

    modifyMessage: ({ params, body }) =>
      context.exclusive(params.thread_id, async () => {
        const message = await findMessage(store, params.thread_id, params.message_id);
        if (body.metadata === undefined) return message;
        const changed = { ...message, metadata: body.metadata ?? {} };
        await store.write([{ put: 'messages', object: changed }]);
        return changed;
      }),

    deleteMessage: ({ params }) =>
      context.exclusive(params.thread_id, async () => {
        const { id } = await findMessage(store, params.thread_id, params.message_id);
        await store.write([{ remove: 'messages', id }]);
        return { id, object: 'thread.message.deleted', deleted: true };
      }),
  };
}
