import { yieldToEventLoop } from '../../common/yieldToEventLoop.js';
import type { Change, Store } from '../stores/store.js';
import { StoreError } from '../stores/storeError.js';

/** How much of a thread is removed at once. */
const SLICE = 500;

/**
 * Removes a thread with its messages, runs and run steps. It is gone with the first write. A short one is gone with all it
 * holds then; a long one leaves a `removal`, and what it holds is removed slice by slice. See `sweepRemoved`.
 */
export async function removeThread(store: Store, id: string): Promise<void> {
  const { changes, isLast } = await nextSlice(store, id);
  if (isLast) return store.write([{ remove: 'threads', id }, ...changes]);
  await store.write([
    { remove: 'threads', id },
    { put: 'removals', object: { id } },
  ]);
  try {
    await sweep(store, id);
  } catch (error) {
    // What was asked for is done. A store that can take no more is swept when it is opened again.
    if (!(error instanceof StoreError)) throw error;
  }
}

/** Removes what is left of threads whose removal was interrupted, until `signal` is aborted. For a store that was just opened. */
export async function sweepRemoved(store: Store, signal: AbortSignal): Promise<void> {
  for (;;) {
    const left = await store.list('removals', { order: 'asc', limit: 1 });
    const removal = left?.data[0];
    if (removal === undefined || signal.aborted) return;
    await sweep(store, removal.id, signal);
  }
}

async function sweep(store: Store, id: string, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true) {
    const { changes, isLast } = await nextSlice(store, id);
    await store.write(isLast ? [...changes, { remove: 'removals', id }] : changes);
    if (isLast) return;
    await yieldToEventLoop();
  }
}

/** The removal of what a thread holds, or of as much of it as goes at once. */
async function nextSlice(
  store: Store,
  threadId: string,
): Promise<{ changes: Change[]; isLast: boolean }> {
  const page = { parent: threadId, order: 'desc', limit: SLICE } as const;
  const messages = await store.list('messages', page);
  const changes: Change[] = messages?.data.map(({ id }) => ({ remove: 'messages', id })) ?? [];
  if (messages?.hasMore === true) return { changes, isLast: false };
  const runs = await store.list('runs', page);
  for (const { id } of runs?.data ?? [])
    changes.push(...(await removalOfSteps(store, id)), { remove: 'runs', id });
  return { changes, isLast: runs?.hasMore !== true };
}

async function removalOfSteps(store: Store, runId: string): Promise<Change[]> {
  const page = await store.list('steps', {
    parent: runId,
    order: 'desc',
    limit: Number.MAX_SAFE_INTEGER,
  });
  return page?.data.map(({ id }) => ({ remove: 'steps', id })) ?? [];
}
