import { buildThread } from '../../domain/buildThread.js';
import { buildToolResources } from '../../domain/buildToolResources.js';
import { findThread } from '../../domain/findObjects.js';
import { removeThread } from '../../domain/removeContainer.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { withAttachedFiles } from '../withAttachedFiles.js';
import { listPage } from '../response/pagination.js';

/** Creates the handlers for threads. */
export function threadRoutes(
  context: BackendContext,
): Handlers<'listThreads' | 'createThread' | 'getThread' | 'modifyThread' | 'deleteThread'> {
  const { store, engine } = context;
  return {
    listThreads: ({ query }) => listPage(store, 'threads', query),

    async createThread({ body }) {
      const { thread, attached, changes } = await buildThread(context, body);
      return withAttachedFiles(context, thread, attached, async (added) => {
        await store.write([...changes, ...added.changes]);
        return added.thread;
      });
    },

    getThread: ({ params }) => findThread(store, params.thread_id),

    modifyThread: ({ params, body }) =>
      context.withLock(params.thread_id, async () => {
        const thread = { ...(await findThread(store, params.thread_id)) };
        if (body.metadata !== undefined) thread.metadata = body.metadata ?? {};
        if (body.tool_resources !== undefined) {
          const { toolResources } = await buildToolResources(context, body.tool_resources);
          thread.tool_resources = toolResources;
        }
        await store.write([{ type: 'put', collection: 'threads', object: thread }]);
        return thread;
      }),

    deleteThread: ({ params }) =>
      context.withLock(params.thread_id, async () => {
        const { id } = await findThread(store, params.thread_id);
        const active = await engine.findActiveRun(id);
        if (active !== undefined && active.status !== 'cancelling')
          await engine.cancel(active, store);
        await removeThread(store, id);
        return { id, object: 'thread.deleted', deleted: true };
      }),
  };
}
