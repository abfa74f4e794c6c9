import type { BackendContext } from '../../context.js';
import type { Handlers } from '../http.js';
import { findThread } from '../../domain/lookup.js';
import { newThread } from '../../domain/newThread.js';
import { removeThread } from '../../domain/removeThread.js';
import { newToolResources } from '../../domain/toolResources.js';

/** The operations on threads. */
export function threadRoutes(
  context: BackendContext,
): Handlers<'createThread' | 'getThread' | 'modifyThread' | 'deleteThread'> {
  const { store, engine } = context;
  return {
    async createThread({ body }) {
      const { thread, changes } = await newThread(context, body);
      await store.write(changes);
      return thread;
    },

    getThread: ({ params }) => findThread(store, params.thread_id),

    modifyThread: ({ params, body }) =>
      context.exclusive(params.thread_id, async () => {
        const thread = { ...(await findThread(store, params.thread_id)) };
        if (body.metadata !== undefined) thread.metadata = body.metadata ?? {};
        if (body.tool_resources !== undefined) {
          thread.tool_resources = (
            await newToolResources(context, body.tool_resources)
          ).toolResources;
        }
        await store.write([{ put: 'threads', object: thread }]);
        return thread;
      }),

    deleteThread: ({ params }) =>
      context.exclusive(params.thread_id, async () => {
        const { id } = await findThread(store, params.thread_id);
        const active = await engine.activeRun(id);
        if (active !== undefined && active.status !== 'cancelling')
          await engine.cancel(active, store);
        await removeThread(store, id);
        return { id, object: 'thread.deleted', deleted: true };
      }),
  };
}
