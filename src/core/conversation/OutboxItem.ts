import type { AssistantsError } from '../../client/AssistantsError.js';
import type { CreateMessageRequest } from '../../protocol/types.js';

/** Message that the user sends: a text, or content parts with settings of the message and its run. */
export type OutgoingMessage =
  | string
  | {
      content: CreateMessageRequest['content'];
      attachments?: NonNullable<CreateMessageRequest['attachments']>;
      /** Ids of the message's files. For servers of version 1, which have no `attachments`. */
      file_ids?: string[];
      metadata?: NonNullable<CreateMessageRequest['metadata']>;
      /** Text that this run appends to the assistant's instructions. */
      additionalInstructions?: string;
    };

/** Message that the user has sent and the server has not confirmed. */
export interface OutboxItem {
  /** Key of the message's row. Does not change when the server assigns an id to the message. */
  readonly key: string;
  readonly body: CreateMessageRequest;
  readonly additionalInstructions: string | undefined;
  /** False for a message that is added without a run. */
  readonly wantsRun: boolean;
  /**
   * - 'queued': waits for the active run to end.
   * - 'sending': its requests are in flight.
   * - 'delivered': sent, and not yet part of the loaded messages of the thread.
   * - 'failed': not sent; see `error`. Can be retried.
   */
  readonly state: 'queued' | 'sending' | 'delivered' | 'failed';
  /** True if its request creates the thread. The response does not contain the id of the message. */
  readonly opensThread: boolean;
  /** Id of the stored message while its run is missing. */
  readonly storedId: string | undefined;
  /**
   * Id of the stored message before it, once newer ones were sent while it was failed. Null if it is the first of the thread.
   * Undefined while it is the newest.
   */
  readonly previousId: string | null | undefined;
  /** True if an earlier page was closed during the request, so that the server may have the message already. */
  readonly isUnconfirmed: boolean;
  /** True if the user has stopped the run of this message before it was created. */
  readonly isStopRequested: boolean;
  readonly error: AssistantsError | undefined;
  /** Time at which the user sent it, in whole Unix seconds. */
  readonly createdAt: number;
}

/** Creates an item in state 'queued'. */
export function createOutboxItem(
  outgoing: OutgoingMessage,
  { key, wantsRun, createdAt }: Pick<OutboxItem, 'key' | 'wantsRun' | 'createdAt'>,
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
    previousId: undefined,
    isUnconfirmed: false,
    isStopRequested: false,
    error: undefined,
    createdAt,
  };
}
