import type { OperationParams } from '../../client/operations.js';
import type { ConversationSettings } from './Conversation.js';
import type { OutboxItem } from './OutboxItem.js';

/** Requests that send one message. */
export type RequestPlan =
  /** Stores the message without a run. */
  | { type: 'createMessage' }
  /** Creates the thread, the message and the run in one request. */
  | { type: 'createThreadAndRun'; body: OperationParams<'createThreadAndRun'>['body'] }
  /** Stores the message, then creates the run. */
  | { type: 'createMessageAndRun'; runBody: OperationParams<'createRun'>['body'] }
  /** The message cannot be sent: it wants a run, and no assistant is set. */
  | { type: 'missingAssistant' };

/**
 * Returns the requests that send a message.
 *
 * @param threadId Undefined for the first message of a new thread.
 */
export function planRequests(
  item: OutboxItem,
  threadId: string | undefined,
  { assistantId, runOptions }: Pick<ConversationSettings, 'assistantId' | 'runOptions'>,
): RequestPlan {
  if (!item.wantsRun) return { type: 'createMessage' };
  if (!assistantId) return { type: 'missingAssistant' };
  const runBody = {
    ...runOptions,
    ...(item.additionalInstructions !== undefined && {
      additional_instructions: item.additionalInstructions,
    }),
    assistant_id: assistantId,
  };
  // createThreadAndRun does not take additional instructions.
  if (threadId !== undefined || runBody.additional_instructions !== undefined)
    return { type: 'createMessageAndRun', runBody };
  const { additional_messages, additional_instructions: _, ...body } = runBody;
  const messages = [item.body, ...(additional_messages ?? [])];
  return { type: 'createThreadAndRun', body: { ...body, thread: { messages } } };
}
