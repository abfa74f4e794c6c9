import type { BackendContext } from '../context.js';
import type { Handlers } from '../http.js';
import { findThread } from '../lookup.js';
import { newThread } from '../newThread.js';
import type { Change, Collection, Store } from '../store.js';
import { newToolResources } from '../toolResources.js';

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
          thread.tool_resources = (await newToolResources(context, body.tool_resources)).toolResources;
        }
        await store.write([{ put: 'threads', object: thread }]);
        return thread;
      }),

    deleteThread: ({ params }) =>
      context.exclusive(params.thread_id, async () => {
        const { id } = await findThread(store, params.thread_id);
        const active = await engine.activeRun(id);
        if (active !== undefined && active.status !== 'cancelling') await engine.cancel(active);
        await store.write(await removalOf(store, id));
        return { id, object: 'thread.deleted', deleted: true };
      }),
  };
}

/** The thread with its messages, runs and run steps, as one batch. */
async function removalOf(store: Store, threadId: string): Promise<Change[]> {
  const messages = await idsOf(store, 'messages', threadId);
  const runs = await idsOf(store, 'runs', threadId);
  const changes: Change[] = messages.map((id) => ({ remove: 'messages', id }));
  for (const run of runs) {
    for (const id of await idsOf(store, 'steps', run)) changes.push({ remove: 'steps', id });
    changes.push({ remove: 'runs', id: run });
  }
  changes.push({ remove: 'threads', id: threadId });
  return changes;
}

async function idsOf(store: Store, collection: Collection, parent: string): Promise<string[]> {
  const page = await store.list(collection, { parent, order: 'desc', limit: Number.MAX_SAFE_INTEGER });
  return page?.data.map(({ id }) => id) ?? [];
}
