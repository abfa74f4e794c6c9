import type { AssistantsClient } from '../client/client.js';
import type { Params, Result } from '../client/operations.js';
import type { Thread } from '../protocol/types.js';
import { writeThread } from './cache.js';
import * as keys from './keys.js';
import { removeSubtree } from './lists.js';
import { readOptions, type ReadOptions } from './readOptions.js';
import { writeOptions, type WriteOptions } from './writeOptions.js';

/** getThread. */
export function getThreadOptions(client: AssistantsClient, { threadId }: Params<'getThread'>): ReadOptions<Thread> {
  return readOptions('getThread', keys.threadDetail(client.scope, threadId), ({ signal }) =>
    client.getThread({ threadId }, { signal }),
  );
}

/** createThread: into its detail. */
export function createThreadOptions(client: AssistantsClient): WriteOptions<Thread, Params<'createThread'>> {
  return writeOptions(client, 'createThread', (params) => client.createThread(params), {
    onSuccess: (thread, _params, _undo, context) => writeThread(context.client, client.scope, thread),
  });
}

/** modifyThread: into its detail. */
export function modifyThreadOptions(client: AssistantsClient): WriteOptions<Thread, Params<'modifyThread'>> {
  return writeOptions(client, 'modifyThread', (params) => client.modifyThread(params), {
    onSuccess: (thread, _params, _undo, context) => writeThread(context.client, client.scope, thread),
  });
}

/** deleteThread: everything of the thread is cancelled and forgotten, its messages, runs and steps too. */
export function deleteThreadOptions(
  client: AssistantsClient,
): WriteOptions<Result<'deleteThread'>, Params<'deleteThread'>> {
  return writeOptions(client, 'deleteThread', (params) => client.deleteThread(params), {
    onSuccess: (_deleted, { threadId }, _undo, context) =>
      removeSubtree(context.client, keys.thread(client.scope, threadId)),
  });
}
