import { yieldToEventLoop } from '../../common/yieldToEventLoop.js';
import { iterateList } from '../stores/iterateList.js';
import type { Change, Collection, Collections, Store } from '../stores/Store.js';
import { StoreError } from '../stores/StoreError.js';

/** Number of messages, of runs, or of files, that are removed in one write. */
const BATCH_SIZE = 500;

type Removal = Collections['removals'];

/** Removes a thread with its messages, runs and run steps. See `removeContainer`. */
export function removeThread(store: Store, id: string): Promise<void> {
  return removeContainer(store, 'threads', { id });
}

/** Removes a vector store with the records of its files and batches, but not the files themselves. See `removeContainer`. */
export function removeVectorStore(store: Store, id: string): Promise<void> {
  return removeContainer(store, 'vectorStores', { id, kind: 'vectorStore' });
}

/**
 * Removes an object with what belongs to it. The first write removes the object itself. A small one is removed
 * completely by it. For a large one it also stores a `removal`, and the contents are removed in further batches. See
 * `finishRemovals`.
 */
async function removeContainer(
  store: Store,
  collection: 'threads' | 'vectorStores',
  removal: Removal,
): Promise<void> {
  const { id } = removal;
  const { changes, isLast } = await findNextBatch(store, removal);
  if (isLast) {
    await store.write([{ type: 'remove', collection, id }, ...changes]);
    return;
  }
  await store.write([
    { type: 'remove', collection, id },
    { type: 'put', collection: 'removals', object: removal },
  ]);
  try {
    await removeContents(store, removal);
  } catch (error) {
    // The object itself is removed. If the store cannot write more, the rest is removed when it is opened again.
    if (!(error instanceof StoreError)) throw error;
  }
}

/** Removes the rest of objects whose removal was interrupted, until `signal` aborts. Call it after opening a store. */
export async function finishRemovals(store: Store, signal: AbortSignal): Promise<void> {
  const removals: Removal[] = [];
  // Contents of files are removed by the store that has them in a blob store.
  for await (const removal of iterateList(store, 'removals', { order: 'asc' }))
    if (removal.kind !== 'content') removals.push(removal);
  for (const removal of removals) {
    if (signal.aborted) return;
    await removeContents(store, removal, signal);
  }
}

async function removeContents(store: Store, removal: Removal, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true) {
    const { changes, isLast } = await findNextBatch(store, removal);
    await store.write(
      isLast ? [...changes, { type: 'remove', collection: 'removals', id: removal.id }] : changes,
    );
    if (isLast) return;
    await yieldToEventLoop();
  }
}

interface Batch {
  changes: Change[];
  isLast: boolean;
}

function findNextBatch(store: Store, { id, kind }: Removal): Promise<Batch> {
  return kind === 'vectorStore' ? findFiles(store, id) : findMessagesAndRuns(store, id);
}

async function findFiles(store: Store, vectorStoreId: string): Promise<Batch> {
  const files = await findChildren(store, 'vectorStoreFiles', vectorStoreId);
  if (!files.isLast) return files;
  const batches = await findChildren(store, 'vectorStoreBatches', vectorStoreId);
  return { changes: [...files.changes, ...batches.changes], isLast: batches.isLast };
}

async function findMessagesAndRuns(store: Store, threadId: string): Promise<Batch> {
  const messages = await findChildren(store, 'messages', threadId);
  if (!messages.isLast) return messages;
  const { changes } = messages;
  const runs = await store.list('runs', { parent: threadId, order: 'desc', limit: BATCH_SIZE });
  for (const { id } of runs?.data ?? []) {
    changes.push(
      ...(await findSteps(store, id)),
      { type: 'remove', collection: 'leases', id },
      { type: 'remove', collection: 'runMemories', id },
      { type: 'remove', collection: 'activeRuns', id },
      { type: 'remove', collection: 'runs', id },
    );
  }
  return { changes, isLast: runs?.hasMore !== true };
}

/** Returns the changes that remove the newest objects of a list. */
async function findChildren(store: Store, collection: Collection, parent: string): Promise<Batch> {
  const page = await store.list(collection, { parent, order: 'desc', limit: BATCH_SIZE });
  return {
    changes: page?.data.map(({ id }) => ({ type: 'remove', collection, id })) ?? [],
    isLast: page?.hasMore !== true,
  };
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
