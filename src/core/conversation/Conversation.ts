import type { AssistantsError } from '../../client/errors.js';
import type { CreateRunRequest, Message, Run } from '../../protocol/types.js';
import type { FollowedRun, FollowRunOptions } from '../run/followRun.js';
import type { ConversationMessage, RowSources } from './buildRows.js';
import type { OutgoingMessage, OutboxItem } from './OutboxItem.js';

export interface ConversationSettings {
  /** Whose answers; without one, messages can only be added. */
  assistantId?: string | null | undefined;
  /** How answers arrive. @default 'auto' */
  transport?: FollowRunOptions['transport'] | undefined;
  /** What becomes of a message that is sent while a run is active. @default 'queue' */
  onBusy?: 'queue' | 'cancel' | 'reject' | undefined;
  /** Settings of every run, in wire form. */
  runOptions?: Omit<CreateRunRequest, 'assistant_id' | 'stream'> | undefined;
  /**
   * Where the conversation goes on: in the thread that its first message has made, or that `fork` has; with undefined, in one
   * that the next message is to make. Not told once the reader has left the conversation.
   */
  onThreadIdChange?: ((threadId: string | undefined) => void) | undefined;
  /** A thread was made, also where its reader has left meanwhile: for what remembers threads, such as `useThreads`. */
  onThreadCreated?: ((threadId: string) => void) | undefined;
  onRunSettled?: ((run: Run) => void) | undefined;
  /** Every failure of sending and following. */
  onError?: ((error: AssistantsError) => void) | undefined;
}

export interface ConversationState {
  threadId: string | undefined;
  outbox: readonly OutboxItem[];
  /** The active run, or the last one. */
  followed: FollowedRun | undefined;
  rowKeys: ReadonlyMap<string, string>;
}

/** One conversation over one thread: an outbox that is emptied in order, and the run that is being followed. */
export interface Conversation {
  getState: () => ConversationState;
  subscribe: (listener: () => void) => () => void;
  configure: (settings: ConversationSettings) => void;
  /** All that is said, oldest first. A row that has not changed since the last call is the same object. */
  getRows: (sources: RowSources) => ConversationMessage[];
  /** Key of the newest row, as of the last call of `rows`. */
  getNewestRowKey: () => string | undefined;
  /** Sends a message and runs the assistant. Rejects only where `onBusy` is 'reject' and a run is active. */
  send: (outgoing: OutgoingMessage) => Promise<void>;
  /** Adds a message without a run. */
  addMessage: (outgoing: OutgoingMessage) => Promise<void>;
  /** Puts messages that were not sent back in front of what waits, to be sent again on request. */
  restore: (items: readonly OutboxItem[]) => void;
  /** What was on its way when a page was left, and is found in the thread, was sent. */
  reconcile: (stored: readonly Message[]) => void;
  /** The message of this row is the one that the server keeps under this id. */
  confirmSent: (key: string, messageId: string) => void;
  /** Sends a failed message again; where it was stored, only its run. */
  retry: (key: string) => void;
  /** Runs the assistant on the thread as it is, after a run that ended badly. */
  rerun: () => void;
  /** Takes the last answer away and runs the assistant again. Where the server cannot delete, the new one stands behind it. */
  regenerate: () => Promise<void>;
  /**
   * Goes on in a new thread that holds the messages up to this one, since the API has no branches. With `edited` it takes
   * the place of the message, and is sent.
   */
  fork: (key: string, edited?: OutgoingMessage) => Promise<void>;
  /** Leaves the thread: the next message begins a new one. What waits in the outbox comes along. */
  startOver: () => void;
  /** Forgets a message that is queued or has failed. */
  discard: (key: string) => void;
  /** Follows a run that is active already, after a reload or of another tab; shows one that has ended as it ended. */
  adopt: (run: Run) => void;
  stop: () => Promise<void>;
  /** A reader has come: follows again what `detach` has let go. */
  retain: () => void;
  /** A reader has gone. With the last of them it detaches, and what waits in the outbox is still sent. */
  release: () => void;
  /** Stops following; the run goes on. */
  detach: () => void;
}
