import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { CreateMessageRequest, Message, Thread } from '../../protocol/types.js';

/** Maximum page size of the API. */
const PAGE_LIMIT = 100;

export interface CopyThreadOptions {
  /** The last message to copy. Later messages are left out. */
  lastMessageId: string;
  /** False to leave the last message itself out, too. */
  includesLast: boolean;
}

/**
 * Creates a thread with the first messages of another thread.
 *
 * @throws AssistantsError
 */
export async function copyThread(
  client: AssistantsClient,
  threadId: string,
  options: CopyThreadOptions,
): Promise<Thread> {
  const messages = await readMessages(client, threadId, options);
  return client.createThread({ body: { messages } });
}

/** Returns the messages to copy as request bodies, oldest first. */
async function readMessages(
  client: AssistantsClient,
  threadId: string,
  { lastMessageId, includesLast }: CopyThreadOptions,
): Promise<CreateMessageRequest[]> {
  const copies: CreateMessageRequest[] = [];
  let after: string | undefined;
  while (true) {
    const query = {
      order: 'asc',
      limit: PAGE_LIMIT,
      ...(after !== undefined && { after }),
    } as const;
    const page = await client.listMessages({ threadId, query });
    for (const message of page.data) {
      const isLast = message.id === lastMessageId;
      const copy = isLast && !includesLast ? undefined : toCreateMessageRequest(message);
      if (copy) copies.push(copy);
      if (isLast) return copies;
    }
    const cursor = page.data.at(-1)?.id;
    // A server that ignores the cursor returns the same page again.
    if (!page.has_more || cursor === undefined || cursor === after) return copies;
    after = cursor;
  }
}

/** Returns undefined for a message without content that can be sent: a refusal, or an answer that was stopped early. */
function toCreateMessageRequest(message: Message): CreateMessageRequest | undefined {
  const { role, attachments, file_ids, metadata } = message;
  const content = toRequestContent(message.content);
  if (content === undefined) return undefined;
  return {
    role,
    content,
    ...(attachments?.length && { attachments }),
    ...(file_ids?.length && !attachments?.length && { file_ids }),
    ...(metadata && { metadata }),
  };
}

function toRequestContent(
  content: Message['content'],
): CreateMessageRequest['content'] | undefined {
  const parts: Exclude<CreateMessageRequest['content'], string> = [];
  for (const part of content) {
    if (part.type === 'text' && part.text.value !== '')
      parts.push({ type: 'text', text: part.text.value });
    if (part.type === 'image_file' || part.type === 'image_url') parts.push(part);
  }
  const [first] = parts;
  if (!first) return undefined;
  // Version 1 takes a string only.
  return parts.length === 1 && first.type === 'text' ? first.text : parts;
}
