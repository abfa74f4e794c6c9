import { notFound } from './errors.js';
import type { Collections, Store } from '../stores/store.js';

/** @throws HttpError 404 */
export async function findAssistant(store: Store, id: string): Promise<Collections['assistants']> {
  return found(await store.get('assistants', id), 'assistant', id);
}

/** @throws HttpError 404 */
export async function findThread(store: Store, id: string): Promise<Collections['threads']> {
  return found(await store.get('threads', id), 'thread', id);
}

/** @throws HttpError 404, also when the message is of another thread */
export async function findMessage(
  store: Store,
  threadId: string,
  id: string,
): Promise<Collections['messages']> {
  await findThread(store, threadId);
  const message = await store.get('messages', id);
  return found(message?.thread_id === threadId ? message : undefined, 'message', id);
}

/** As it stands in the store: pass it through `engine.fresh` before it is shown. @throws HttpError 404, also when the run is of another thread */
export async function findRun(
  store: Store,
  threadId: string,
  id: string,
): Promise<Collections['runs']> {
  await findThread(store, threadId);
  const run = await store.get('runs', id);
  return found(run?.thread_id === threadId ? run : undefined, 'run', id);
}

/** @throws HttpError 404, also when the step is of another run */
export async function findStep(
  store: Store,
  runId: string,
  id: string,
): Promise<Collections['steps']> {
  const step = await store.get('steps', id);
  return found(step?.run_id === runId ? step : undefined, 'run step', id);
}

/** @throws HttpError 404 */
export async function findFile(store: Store, id: string): Promise<Collections['files']> {
  return found(await store.get('files', id), 'file', id);
}

function found<Object>(object: Object | undefined, kind: string, id: string): Object {
  if (object === undefined) throw notFound(kind, id);
  return object;
}
