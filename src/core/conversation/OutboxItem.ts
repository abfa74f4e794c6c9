import type { AssistantsError } from '../../client/errors.js';
import type { CreateMessageRequest } from '../../protocol/types.js';

/** What a person sends: a text, or the parts of a message with what the run should know. */
export type OutgoingMessage =
  | string
  | {
      content: CreateMessageRequest['content'];
      attachments?: NonNullable<CreateMessageRequest['attachments']>;
      /** Files of the message on servers of version 1. */
      file_ids?: string[];
      metadata?: NonNullable<CreateMessageRequest['metadata']>;
      /** For this run only, put behind the assistant's instructions. */
      additionalInstructions?: string;
    };

/** A message on its way to the server. */
export interface OutboxItem {
  /** Stays the key of the message's row when the server has given it an id. */
  readonly key: string;
  readonly body: CreateMessageRequest;
  readonly additionalInstructions: string | undefined;
  /** False for a message that is only to be added. */
  readonly wantsRun: boolean;
  /**
   * 'queued' waits for a run to end, 'sending' is on its way, 'delivered' waits for its server copy, 'failed' can be sent
   * again.
   */
  readonly state: 'queued' | 'sending' | 'delivered' | 'failed';
  /** Whether the thread is made with it, so that nobody tells which id it gets. */
  readonly opensThread: boolean;
  /** The id of the stored message, where only its run is missing. */
  readonly storedId: string | undefined;
  /** Whether the page before this one was gone while it was on its way, so that the thread may have it. */
  readonly isUnconfirmed: boolean;
  readonly error: AssistantsError | undefined;
  /** When it was sent, in whole Unix seconds. */
  readonly createdAt: number;
}

/** A new item of the outbox. */
export function createOutboxItem(
  key: string,
  outgoing: OutgoingMessage,
  wantsRun: boolean,
): OutboxItem {
  const { additionalInstructions, ...message } =
    typeof outgoing === 'string' ? { content: outgoing } : outgoing;
  return {
    key,
    body: { role: 'user', ...message },
    additionalInstructions,
    wantsRun,
    state: 'queued',
    opensThread: false,
    storedId: undefined,
    isUnconfirmed: false,
    error: undefined,
    createdAt: Math.floor(Date.now() / 1_000),
  };
}
