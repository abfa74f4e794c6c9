import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import type { CreateMessageRequest, CreateThreadRequest } from '../../protocol/types.js';
import type { Change, Collections } from '../stores/Store.js';
import { buildMessage } from './buildMessage.js';
import { buildToolResources } from './buildToolResources.js';
import { listSearchAttachments } from './vectorStores/attachFiles.js';
import type { DomainContext } from './DomainContext.js';
import { badRequest } from './errors.js';

export const MAX_MESSAGES_PER_THREAD = 100_000;

/**
 * Builds a thread with its first messages. The caller stores it by writing `changes` in one batch. `attached` are the
 * messages whose files must be added to an existing vector store, see `attachFiles`. A new store has them already.
 * @throws HttpError 400 if there are too many messages, 404 if a file does not exist.
 */
export async function buildThread(
  context: DomainContext,
  request: CreateThreadRequest = {},
): Promise<{
  thread: Collections['threads'];
  attached: Collections['messages'][];
  changes: Change[];
}> {
  const id = context.generateId('thread_');
  const messages = await buildMessages(context, id, request.messages ?? [], 'messages');
  const hasStore = request.tool_resources?.file_search?.vector_store_ids?.[0] !== undefined;
  const resources = await buildToolResources(
    context,
    hasStore ? request.tool_resources : withFilesInStore(request.tool_resources, messages),
  );
  const thread: Collections['threads'] = {
    id,
    object: 'thread',
    created_at: toUnixSeconds(context.now()),
    metadata: request.metadata ?? {},
    tool_resources: resources.toolResources,
  };
  return {
    thread,
    attached: hasStore ? messages : [],
    changes: [
      ...resources.changes,
      { type: 'put', collection: 'threads', object: thread },
      ...messages.map(toMessageChange),
    ],
  };
}

/** Adds the files that messages attach for the file search to the vector store that a request creates. */
function withFilesInStore(
  resources: CreateThreadRequest['tool_resources'],
  messages: readonly Collections['messages'][],
): CreateThreadRequest['tool_resources'] {
  const files = messages.flatMap(listSearchAttachments);
  if (files.length === 0) return resources;
  const inline = resources?.file_search?.vector_stores?.[0];
  const vectorStore = { ...inline, file_ids: [...(inline?.file_ids ?? []), ...files] };
  return { ...resources, file_search: { vector_stores: [vectorStore] } };
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
