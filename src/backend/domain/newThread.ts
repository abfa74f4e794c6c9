import type { CreateMessageRequest, CreateThreadRequest } from '../../protocol/types.js';
import type { BackendContext } from '../context.js';
import { badRequest } from './errors.js';
import { newMessage } from './newMessage.js';
import type { Change, Collections } from '../stores/store.js';
import { newToolResources } from './toolResources.js';

/**
 * A thread with its first messages, not yet stored: write `changes` in one batch. For createThread and createThreadAndRun.
 * @throws HttpError 404 when a file is not known
 */
export async function newThread(
  context: BackendContext,
  request: CreateThreadRequest = {},
): Promise<{ thread: Collections['threads']; changes: Change[] }> {
  const resources = await newToolResources(context, request.tool_resources);
  const thread: Collections['threads'] = {
    id: context.id('thread_'),
    object: 'thread',
    created_at: Math.floor(context.now() / 1000),
    metadata: request.metadata ?? {},
    tool_resources: resources.toolResources,
  };
  const messages = await newMessages(context, thread.id, request.messages ?? [], 'messages');
  return {
    thread,
    changes: [
      ...resources.changes,
      { put: 'threads', object: thread },
      ...messages.map(putMessage),
    ],
  };
}

/** Messages of a request in their order, not yet stored. `field` names them in errors: `messages`, `additional_messages`. */
export async function newMessages(
  context: BackendContext,
  threadId: string,
  requests: readonly CreateMessageRequest[],
  field: string,
): Promise<Collections['messages'][]> {
  if (requests.length > MESSAGES_PER_THREAD) {
    throw badRequest(
      `Invalid '${field}': array too long. Expected an array with maximum length ${MESSAGES_PER_THREAD}, but got an array with length ${requests.length} instead.`,
      { param: field, code: 'array_above_max_length' },
    );
  }
  const messages: Collections['messages'][] = [];
  for (const request of requests) messages.push(await newMessage(context, threadId, request));
  return messages;
}

/** The change that stores a new message. */
export function putMessage(message: Collections['messages']): Change {
  return { put: 'messages', object: message, parent: message.thread_id };
}

/** How many messages a thread holds at most. */
export const MESSAGES_PER_THREAD = 100_000;
