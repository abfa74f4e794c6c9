import { yieldToEventLoop } from '../../common/yieldToEventLoop.js';
import type { Change, Store } from '../stores/Store.js';
import { StoreError } from '../stores/StoreError.js';

/** Number of messages, or of runs, that are removed in one write. */
const BATCH_SIZE = 500;

/**
 * Removes a thread with its messages, runs and run steps. The first write removes the thread itself. A short thread is
 * removed completely by it. For a long one it also stores a `removal`, and the contents are removed in further batches. See
 * `finishRemovals`.
 */
export async function removeThread(store: Store, id: string): Promise<void> {
  const { changes, isLast } = await findNextBatch(store, id);
  if (isLast) {
    await store.write([{ type: 'remove', collection: 'threads', id }, ...changes]);
    return;
  }
  await store.write([
    { type: 'remove', collection: 'threads', id },
    { type: 'put', collection: 'removals', object: { id } },
  ]);
  try {
    await removeContents(store, id);
  } catch (error) {
    // The thread itself is removed. If the store cannot write more, the rest is removed when it is opened again.
    if (!(error instanceof StoreError)) throw error;
  }
}

/** Removes the rest of threads whose removal was interrupted, until `signal` aborts. Call it after opening a store. */
export async function finishRemovals(store: Store, signal: AbortSignal): Promise<void> {
  for (;;) {
    const page = await store.list('removals', { order: 'asc', limit: 1 });
    const removal = page?.data[0];
    if (removal === undefined || signal.aborted) return;
    await removeContents(store, removal.id, signal);
  }
}

async function removeContents(store: Store, threadId: string, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true) {
    const { changes, isLast } = await findNextBatch(store, threadId);
    await store.write(
      isLast ? [...changes, { type: 'remove', collection: 'removals', id: threadId }] : changes,
    );
    if (isLast) return;
    await yieldToEventLoop();
  }
}

async function findNextBatch(
  store: Store,
  threadId: string,
): Promise<{ changes: Change[]; isLast: boolean }> {
  const query = { parent: threadId, order: 'desc', limit: BATCH_SIZE } as const;
  const messages = await store.list('messages', query);
  const changes: Change[] =
    messages?.data.map(({ id }) => ({ type: 'remove', collection: 'messages', id })) ?? [];
  if (messages?.hasMore === true) return { changes, isLast: false };
  const runs = await store.list('runs', query);
  for (const { id } of runs?.data ?? []) {
    changes.push(
      ...(await findSteps(store, id)),
      { type: 'remove', collection: 'leases', id },
      { type: 'remove', collection: 'runMemories', id },
      { type: 'remove', collection: 'runs', id },
    );
  }
  return { changes, isLast: runs?.hasMore !== true };
}

/** Returns the changes that remove all steps of a run. */
async function findSteps(store: Store, runId: string): Promise<Change[]> {
  const page = await store.list('steps', {
    parent: runId,
    order: 'desc',
    limit: Number.MAX_SAFE_INTEGER,
  });
  return page?.data.map(({ id }) => ({ type: 'remove', collection: 'steps', id })) ?? [];
}
