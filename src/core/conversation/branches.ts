import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/client.js';
import { toAssistantsError } from '../../client/errors.js';
import type { CreateMessageRequest, Message, Thread } from '../../protocol/types.js';
import { forgetMessage } from '../../queries/cache/writeObjects.js';

/** Takes the answer at the end of a thread away, so that the next run writes another in its place. */
export async function removeLastAnswer(
  client: AssistantsClient,
  queryClient: QueryClient,
  threadId: string,
): Promise<void> {
  const { data } = await client.listMessages({ threadId, query: { order: 'desc', limit: 20 } });
  const question = data.findIndex(({ role }) => role === 'user');
  for (const { id: messageId } of data.slice(0, Math.max(question, 0))) {
    try {
      await client.deleteMessage({ threadId, messageId });
    } catch (error) {
      // Servers of version 1 cannot delete: there the new answer stands behind the old one.
      const { status } = toAssistantsError(error);
      if (status === 404 || status === 405 || status === 501) return;
      throw error;
    }
    forgetMessage(queryClient, client.scope, threadId, messageId);
  }
}

/** A new thread with the messages of another up to one of them. */
export async function copyThread(
  client: AssistantsClient,
  threadId: string,
  lastId: string,
  options: { includesLast: boolean },
): Promise<Thread> {
  return client.createThread({
    body: { messages: await copyMessages(client, threadId, lastId, options) },
  });
}

/** As they are sent to make another thread, oldest first. */
async function copyMessages(
  client: AssistantsClient,
  threadId: string,
  lastId: string,
  { includesLast }: { includesLast: boolean },
): Promise<CreateMessageRequest[]> {
  const copies: CreateMessageRequest[] = [];
  let after: string | undefined;
  while (true) {
    const query = { order: 'asc', limit: 100, ...(after !== undefined && { after }) } as const;
    const page = await client.listMessages({ threadId, query });
    for (const message of page.data) {
      const isLast = message.id === lastId;
      const copy = isLast && !includesLast ? undefined : toCreateMessageRequest(message);
      if (copy) copies.push(copy);
      if (isLast) return copies;
    }
    const last = page.data.at(-1)?.id;
    if (!page.has_more || last === undefined || last === after) return copies;
    after = last;
  }
}

/** Undefined for a message with nothing in it that can be sent: a refusal, an answer that was stopped at once. */
function toCreateMessageRequest({
  role,
  content,
  attachments,
  file_ids,
  metadata,
}: Message): CreateMessageRequest | undefined {
  const parts: Exclude<CreateMessageRequest['content'], string> = [];
  for (const part of content) {
    if (part.type === 'text' && part.text.value !== '')
      parts.push({ type: 'text', text: part.text.value });
    if (part.type === 'image_file' || part.type === 'image_url') parts.push(part);
  }
  const [first] = parts;
  if (!first) return undefined;
  return {
    role,
    // Version 1 takes only a text.
    content: parts.length === 1 && first.type === 'text' ? first.text : parts,
    ...(attachments?.length && { attachments }),
    ...(file_ids?.length && !attachments?.length && { file_ids }),
    ...(metadata && { metadata }),
  };
}
