import type { CreateMessageRequest, MessageContent } from '../../protocol/types.js';
import type { BackendContext } from '../context.js';
import { findFile } from './lookup.js';
import type { Collections } from '../stores/store.js';

/** A message of a request, not yet stored. @throws HttpError 404 when a file is not known */
export async function newMessage(
  context: BackendContext,
  threadId: string,
  request: CreateMessageRequest,
): Promise<Collections['messages']> {
  const content = messageContent(request.content);
  const attachments = request.attachments ?? [];
  const fileIds = [...new Set(attachments.map((attachment) => attachment.file_id))];
  const pictures = content.flatMap((part) =>
    part.type === 'image_file' ? [part.image_file.file_id] : [],
  );
  for (const id of [...fileIds, ...pictures]) await findFile(context.store, id);
  const createdAt = Math.floor(context.now() / 1000);
  return {
    id: context.id('msg_'),
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

function messageContent(content: CreateMessageRequest['content']): MessageContent[] {
  if (typeof content === 'string')
    return [{ type: 'text', text: { value: content, annotations: [] } }];
  return content.map((part) =>
    part.type === 'text' ? { type: 'text', text: { value: part.text, annotations: [] } } : part,
  );
}
