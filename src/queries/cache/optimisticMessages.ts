import type { OperationParams } from '../../client/operations.js';
import { randomKey } from '../../common/randomKey.js';
import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import { getRawMessageText } from '../../protocol/getRawMessageText.js';
import type { Message, MessageContent } from '../../protocol/types.js';

const PREFIX = 'local:';

/** Ids of optimistic messages without a response. One set serves all caches, because ids are random. */
const uncommitted = new Set<string>();

/** Ids of optimistic messages by the id of the stored message, for each QueryClient. */
const rowKeys = new WeakMap<object, Map<string, string>>();

/**
 * Returns true if a message is optimistic: in the cache, but not confirmed by the server. Its id is not a valid wire
 * id, so it cannot be used in a request by mistake.
 */
export function isOptimisticMessage(message: Pick<Message, 'id'>): boolean {
  return message.id.startsWith(PREFIX);
}

/** Returns true if an optimistic message still waits for the response. Lists drop the other ones. */
export function isUncommitted(message: Pick<Message, 'id'>): boolean {
  return uncommitted.has(message.id);
}

/** Creates the optimistic message of a createMessage request. It is uncommitted until `commitOptimisticMessage`. */
export function addOptimisticMessage(
  { threadId, body }: OperationParams<'createMessage'>,
  nowMs: number,
): Message {
  const id = PREFIX + randomKey();
  uncommitted.add(id);
  return createOptimisticMessage(id, { threadId, body }, toUnixSeconds(nowMs));
}

/**
 * Returns an optimistic message.
 *
 * @param createdAt Local time in whole Unix seconds.
 */
export function createOptimisticMessage(
  id: string,
  { threadId, body }: OperationParams<'createMessage'>,
  createdAt: number,
): Message {
  return {
    id,
    object: 'thread.message',
    created_at: createdAt,
    thread_id: threadId,
    status: 'completed',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: body.role,
    content: toMessageContent(body.content),
    assistant_id: null,
    run_id: null,
    ...(body.file_ids && { file_ids: body.file_ids }),
    ...(body.attachments !== undefined && { attachments: body.attachments }),
    metadata: body.metadata ?? {},
  };
}

/** Call when the server has stored or rejected the message. */
export function commitOptimisticMessage(id: string): void {
  uncommitted.delete(id);
}

/** Returns true if a message of the server looks like the stored copy of an optimistic message. */
export function isStoredCopy(message: Message, local: Message): boolean {
  return (
    message.role === local.role &&
    message.run_id === null &&
    getRawMessageText(message) === getRawMessageText(local)
  );
}

/** Keeps the row key of an optimistic message for the stored message that replaces it. */
export function setRowKey(queryClient: object, messageId: string, localId: string): void {
  const keys = rowKeys.get(queryClient) ?? new Map<string, string>();
  rowKeys.set(queryClient, keys.set(messageId, localId));
}

/** Returns the key for the row of a message. It stays the same when the stored message replaces the optimistic one. */
export function getRowKey(queryClient: object, messageId: string): string {
  return rowKeys.get(queryClient)?.get(messageId) ?? messageId;
}

function toMessageContent(
  content: OperationParams<'createMessage'>['body']['content'],
): MessageContent[] {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content } as const] : content;
  return parts.map((part) =>
    part.type === 'text' ? { type: 'text', text: { value: part.text, annotations: [] } } : part,
  );
}
