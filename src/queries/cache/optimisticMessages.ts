import type { OperationParams } from '../../client/operations.js';
import { randomKey } from '../../common/randomKey.js';
import { getRawMessageText } from '../../protocol/getRawMessageText.js';
import type { Message, MessageContent } from '../../protocol/types.js';

const PREFIX = 'local:';

/** Local messages whose fate is open. By id, which is random: one set serves all caches. */
const unsettled = new Set<string>();

const rows = new WeakMap<object, Map<string, string>>();

/** Whether a message is shown before the server has it. Its id is no id on the wire, so that no request can name it. */
export function isOptimisticMessage(message: Pick<Message, 'id'>): boolean {
  return message.id.startsWith(PREFIX);
}

/** Whether a local message still waits for the server; one that does not has no place in a list. */
export function isUncommitted(message: Pick<Message, 'id'>): boolean {
  return unsettled.has(message.id);
}

/** The message that a createMessage will make, to be shown until it is there. Ends with `commitOptimisticMessage`. */
export function addOptimisticMessage(
  { threadId, body }: OperationParams<'createMessage'>,
  nowMs: number,
): Message {
  const id = PREFIX + randomKey();
  unsettled.add(id);
  return createOptimisticMessage(id, { threadId, body }, Math.floor(nowMs / 1_000));
}

/** How a message looks until the server has it. `createdAt` is in whole Unix seconds. */
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
    content: contentOf(body.content),
    assistant_id: null,
    run_id: null,
    ...(body.file_ids && { file_ids: body.file_ids }),
    ...(body.attachments !== undefined && { attachments: body.attachments }),
    metadata: body.metadata ?? {},
  };
}

/** The server has the message, or has refused it. */
export function commitOptimisticMessage(id: string): void {
  unsettled.delete(id);
}

/** Whether a message of the server is, by all that can be seen, the one that a local message stands for. */
export function isCopy(message: Message, local: Message): boolean {
  return (
    message.role === local.role &&
    message.run_id === null &&
    getRawMessageText(message) === getRawMessageText(local)
  );
}

/** Remembers that a row was shown under a local id first. */
export function setRowKey(queryClient: object, messageId: string, localId: string): void {
  const known = rows.get(queryClient) ?? new Map<string, string>();
  rows.set(queryClient, known.set(messageId, localId));
}

/** A key for a message's row that stays the same when the server's id takes the place of the local one. */
export function getRowKey(queryClient: object, messageId: string): string {
  return rows.get(queryClient)?.get(messageId) ?? messageId;
}

function contentOf(content: OperationParams<'createMessage'>['body']['content']): MessageContent[] {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content } as const] : content;
  return parts.map((part) =>
    part.type === 'text' ? { type: 'text', text: { value: part.text, annotations: [] } } : part,
  );
}
