import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import type { CreateMessageRequest, MessageContent } from '../../protocol/types.js';
import type { Collections } from '../stores/Store.js';
import type { DomainContext } from './DomainContext.js';
import { findFile } from './findObjects.js';

/**
 * Builds a message from a request. Does not store it.
 * @throws HttpError 404 if a file does not exist.
 */
export async function buildMessage(
  context: DomainContext,
  threadId: string,
  request: CreateMessageRequest,
): Promise<Collections['messages']> {
  const content = toMessageContent(request.content);
  const attachments = request.attachments ?? [];
  const fileIds = [...new Set(attachments.map((attachment) => attachment.file_id))];
  const imageIds = content.flatMap((part) =>
    part.type === 'image_file' ? [part.image_file.file_id] : [],
  );
  for (const id of [...fileIds, ...imageIds]) await findFile(context.store, id);
  const createdAt = toUnixSeconds(context.now());
  return {
    id: context.generateId('msg_'),
    object: 'thread.message',
    created_at: createdAt,
    thread_id: threadId,
    status: 'completed',
    incomplete_details: null,
    completed_at: createdAt,
    incomplete_at: null,
    role: request.role,
    content,
    assistant_id: null,
    run_id: null,
    attachments,
    file_ids: fileIds,
    metadata: request.metadata ?? {},
  };
}

function toMessageContent(content: CreateMessageRequest['content']): MessageContent[] {
  if (typeof content === 'string') return [toTextContent(content)];
  return content.map((part) => (part.type === 'text' ? toTextContent(part.text) : part));
}

function toTextContent(value: string): MessageContent {
  return { type: 'text', text: { value, annotations: [] } };
}
