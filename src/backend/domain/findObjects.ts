import type { Collections, Store } from '../stores/Store.js';
import { notFound } from './errors.js';
import { getFileEntry } from './vectorStores/changeFiles.js';

/** @throws HttpError 404 */
export async function findAssistant(store: Store, id: string): Promise<Collections['assistants']> {
  return assertFound(await store.get('assistants', id), 'assistant', id);
}

/** @throws HttpError 404 */
export async function findThread(store: Store, id: string): Promise<Collections['threads']> {
  return assertFound(await store.get('threads', id), 'thread', id);
}

/** @throws HttpError 404, also if the message belongs to another thread. */
export async function findMessage(
  store: Store,
  threadId: string,
  id: string,
): Promise<Collections['messages']> {
  await findThread(store, threadId);
  const message = await store.get('messages', id);
  return assertFound(message?.thread_id === threadId ? message : undefined, 'message', id);
}

/**
 * Returns a run as it is stored. Pass it through `engine.settleIfDue` before sending it to a client.
 * @throws HttpError 404, also if the run belongs to another thread.
 */
export async function findRun(
  store: Store,
  threadId: string,
  id: string,
): Promise<Collections['runs']> {
  await findThread(store, threadId);
  const run = await store.get('runs', id);
  return assertFound(run?.thread_id === threadId ? run : undefined, 'run', id);
}

/** @throws HttpError 404, also if the step belongs to another run. */
export async function findStep(
  store: Store,
  runId: string,
  id: string,
): Promise<Collections['steps']> {
  const step = await store.get('steps', id);
  return assertFound(step?.run_id === runId ? step : undefined, 'run step', id);
}

/** @throws HttpError 404 */
export async function findFile(store: Store, id: string): Promise<Collections['files']> {
  return assertFound(await store.get('files', id), 'file', id);
}

/** @throws HttpError 404 */
export async function findVectorStore(
  store: Store,
  id: string,
): Promise<Collections['vectorStores']> {
  return assertFound(await store.get('vectorStores', id), 'vector store', id);
}

/** @throws HttpError 404, also if the vector store does not have the file. */
export async function findVectorStoreFile(
  store: Store,
  vectorStoreId: string,
  fileId: string,
): Promise<Collections['vectorStoreFiles']> {
  await findVectorStore(store, vectorStoreId);
  return assertFound(await getFileEntry(store, vectorStoreId, fileId), 'file', fileId);
}

/** @throws HttpError 404, also if the batch belongs to another vector store. */
export async function findVectorStoreBatch(
  store: Store,
  vectorStoreId: string,
  id: string,
): Promise<Collections['vectorStoreBatches']> {
  await findVectorStore(store, vectorStoreId);
  const batch = await store.get('vectorStoreBatches', id);
  const isOwn = batch?.vector_store_id === vectorStoreId;
  return assertFound(isOwn ? batch : undefined, 'file batch', id);
}

function assertFound<Object>(object: Object | undefined, kind: string, id: string): Object {
  if (object === undefined) throw notFound(kind, id);
  return object;
}
