import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import type { CreateMessageRequest, CreateThreadRequest } from '../../protocol/types.js';
import type { Change, Collections } from '../stores/Store.js';
import { buildMessage } from './buildMessage.js';
import { buildToolResources } from './buildToolResources.js';
import type { DomainContext } from './DomainContext.js';
import { badRequest } from './errors.js';

export const MAX_MESSAGES_PER_THREAD = 100_000;

/**
 * Builds a thread with its first messages. The caller stores it by writing `changes` in one batch.
 * @throws HttpError 400 if there are too many messages, 404 if a file does not exist.
 */
export async function buildThread(
  context: DomainContext,
  request: CreateThreadRequest = {},
): Promise<{ thread: Collections['threads']; changes: Change[] }> {
  const resources = await buildToolResources(context, request.tool_resources);
  const thread: Collections['threads'] = {
    id: context.generateId('thread_'),
    object: 'thread',
    created_at: toUnixSeconds(context.now()),
    metadata: request.metadata ?? {},
    tool_resources: resources.toolResources,
  };
  const messages = await buildMessages(context, thread.id, request.messages ?? [], 'messages');
  return {
    thread,
    changes: [
      ...resources.changes,
      { type: 'put', collection: 'threads', object: thread },
      ...messages.map(toMessageChange),
    ],
  };
}

/**
 * Builds messages in the order of their requests. Does not store them.
 * @param param Name of the request field for error messages: `messages` or `additional_messages`.
 * @throws HttpError 400 if there are too many messages, 404 if a file does not exist.
 */
export async function buildMessages(
  context: DomainContext,
  threadId: string,
  requests: readonly CreateMessageRequest[],
  param: string,
): Promise<Collections['messages'][]> {
  if (requests.length > MAX_MESSAGES_PER_THREAD) {
    throw badRequest(
      `Invalid '${param}': array too long. Expected an array with maximum length ${MAX_MESSAGES_PER_THREAD}, but got an array with length ${requests.length} instead.`,
      { param, code: 'array_above_max_length' },
    );
  }
  const messages: Collections['messages'][] = [];
  for (const request of requests) messages.push(await buildMessage(context, threadId, request));
  return messages;
}

/** Returns the change that stores a new message. */
export function toMessageChange(message: Collections['messages']): Change {
  return { type: 'put', collection: 'messages', object: message, parent: message.thread_id };
}
