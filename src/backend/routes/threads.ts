import { breathe } from '../breathe.js';
import type { BackendContext } from '../context.js';
import type { Handlers } from '../http.js';
import { findThread } from '../lookup.js';
import { newThread } from '../newThread.js';
import type { Change, Store } from '../store.js';
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
        if (active !== undefined && active.status !== 'cancelling') await engine.cancel(active, store);
        await removeThread(store, id);
        return { id, object: 'thread.deleted', deleted: true };
      }),
  };
}

/** How much of a thread is removed at once. */
const SLICE = 500;

/**
 * Removes a thread with its messages, runs and run steps: as one batch, or slice by slice when it is long. It goes last
 * itself, so that a removal that was interrupted can be asked for again.
 */
async function removeThread(store: Store, threadId: string): Promise<void> {
  const changes: Change[] = [];
  for (const collection of ['messages', 'runs'] as const) {
    for (let hasMore = true; hasMore; ) {
      const page = await store.list(collection, { parent: threadId, order: 'desc', limit: SLICE });
      for (const { id } of page?.data ?? []) {
        if (collection === 'runs') changes.push(...(await removalOfSteps(store, id)));
        changes.push({ remove: collection, id });
      }
      hasMore = page?.hasMore ?? false;
      if (!hasMore) continue;
      await store.write(changes.splice(0));
      await breathe();
    }
  }
  await store.write([...changes, { remove: 'threads', id: threadId }]);
}

async function removalOfSteps(store: Store, runId: string): Promise<Change[]> {
  const page = await store.list('steps', { parent: runId, order: 'desc', limit: Number.MAX_SAFE_INTEGER });
  return page?.data.map(({ id }) => ({ remove: 'steps', id })) ?? [];
}
