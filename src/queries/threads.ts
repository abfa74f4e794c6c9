import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { Thread } from '../protocol/types.js';
import { writeThread } from './cache/writeObjects.js';
import * as keys from './keys.js';
import { removeSubtree } from './cache/lists.js';
import { createQueryOptions, type OperationQueryFactoryOptions } from './createQueryOptions.js';
import {
  createMutationOptions,
  type OperationMutationFactoryOptions,
} from './createMutationOptions.js';

/** getThread. */
export function getThreadOptions(
  client: AssistantsClient,
  { threadId }: OperationParams<'getThread'>,
): OperationQueryFactoryOptions<Thread> {
  return createQueryOptions('getThread', keys.threadDetail(client.scope, threadId), ({ signal }) =>
    client.getThread({ threadId }, { signal }),
  );
}

/** createThread: into its detail. */
export function createThreadOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<Thread, OperationParams<'createThread'>> {
  return createMutationOptions(client, 'createThread', (params) => client.createThread(params), {
    onSuccess: (thread, _params, _undo, context) =>
      writeThread(context.client, client.scope, thread),
  });
}

/** modifyThread: into its detail. */
export function modifyThreadOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<Thread, OperationParams<'modifyThread'>> {
  return createMutationOptions(client, 'modifyThread', (params) => client.modifyThread(params), {
    onSuccess: (thread, _params, _undo, context) =>
      writeThread(context.client, client.scope, thread),
  });
}

/** deleteThread: everything of the thread is cancelled and forgotten, its messages, runs and steps too. */
export function deleteThreadOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<
  OperationResult<'deleteThread'>,
  OperationParams<'deleteThread'>
> {
  return createMutationOptions(client, 'deleteThread', (params) => client.deleteThread(params), {
    onSuccess: (_deleted, { threadId }, _undo, context) =>
      removeSubtree(context.client, keys.thread(client.scope, threadId)),
  });
}
