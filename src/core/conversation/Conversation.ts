import type { AssistantsError } from '../../client/AssistantsError.js';
import type { CreateRunRequest, Message, Run } from '../../protocol/types.js';
import type { FollowedRun, FollowRunOptions } from '../run/FollowedRun.js';
import type { ConversationMessage, RowSources } from './buildRows.js';
import type { OutboxItem, OutgoingMessage } from './OutboxItem.js';

/** Settings of a conversation. They can change at any time; see `configure`. */
export interface ConversationSettings {
  /** Assistant that answers. Without one, messages can only be added, and views offer no actions that need an answer. */
  assistantId?: string | null | undefined;
  /** Transport of the answers. @default 'auto' */
  transport?: FollowRunOptions['transport'] | undefined;
  /**
   * Action for a message that is sent while a run is active:
   * - 'queue': send it when the run has ended.
   * - 'cancel': cancel the run, then send it.
   * - 'reject': reject the promise of `send` with kind 'busy'.
   *
   * @default 'queue'
   */
  onBusy?: 'queue' | 'cancel' | 'reject' | undefined;
  /** Options of every run, with the names of the API. */
  runOptions?: Omit<CreateRunRequest, 'assistant_id' | 'stream'> | undefined;
  /**
   * Called with the id of the thread that the first message or `fork` has created, and with undefined after `startOver`.
   * Not called after the last component that shows the conversation has unmounted.
   */
  onThreadIdChange?: ((threadId: string | undefined) => void) | undefined;
  /**
   * Called with the id of every thread that was created, also after unmount. For lists of threads, see `useThreads`. `text` is
   * that of the first message, for a title. Undefined for a fork, and for a message without text.
   */
  onThreadCreated?: ((threadId: string, first: { text: string | undefined }) => void) | undefined;
  /** Called when a followed run has ended and its messages are in the cache. */
  onRunSettled?: ((run: Run) => void) | undefined;
  /** Called with every failure of sending, following and stopping. */
  onError?: ((error: AssistantsError) => void) | undefined;
}

/** State of a conversation. A new object after every change. */
export interface ConversationState {
  /** Undefined until the first message has created the thread. */
  threadId: string | undefined;
  /** Messages that the server has not confirmed, in the order in which they are sent. */
  outbox: readonly OutboxItem[];
  /** The active run, or the last one. Undefined before the first. */
  followed: FollowedRun | undefined;
  /** Row keys of messages that were sent from here, by message id. */
  rowKeys: ReadonlyMap<string, string>;
}

/** Conversation over one thread: an outbox that is sent in order, and the run that is followed. Independent of React. */
export interface Conversation {
  getState: () => ConversationState;
  /** Calls the listener after every change of the state. Returns a function that unsubscribes. */
  subscribe: (listener: () => void) => () => void;
  /** Replaces the settings. Running requests keep the settings that they were started with. */
  configure: (settings: ConversationSettings) => void;
  /** Returns all messages, oldest first. A row that has not changed since the last call is the same object. */
  getRows: (sources: RowSources) => ConversationMessage[];
  /** Returns the key of the newest row of the last `getRows` call. */
  getNewestRowKey: () => string | undefined;
  /**
   * Sends a message and runs the assistant. Resolves when the message is in the outbox; later failures become the state of
   * its row. Rejects with kind 'busy' if `onBusy` is 'reject' and a run is active.
   */
  send: (outgoing: OutgoingMessage) => Promise<void>;
  /** Adds a message without a run. Resolves and rejects like `send`. */
  addMessage: (outgoing: OutgoingMessage) => Promise<void>;
  /** Puts unsent messages of an earlier page before the others in the outbox. They are sent when the user retries them. */
  restore: (items: readonly OutboxItem[]) => void;
  /** Confirms restored messages whose copy is in the thread. `stored` are the messages of the thread, oldest first. */
  reconcile: (stored: readonly Message[]) => void;
  /** Confirms the message of a row: the server has stored it under this id. */
  confirmSent: (key: string, messageId: string) => void;
  /** Sends a failed message again. If the message is stored already, only its run is created. */
  retry: (key: string) => void;
  /** Runs the assistant on the thread without a new message, for example after a failed run. */
  rerun: () => void;
  /**
   * Deletes the last answer and runs the assistant again. On servers that cannot delete messages, the new answer follows the
   * old one. Does nothing without an assistant. Rejects with an AssistantsError if the messages cannot be deleted.
   */
  regenerate: () => Promise<void>;
  /**
   * Continues in a new thread with copies of the messages up to this row, because the API has no branches. `edited` is sent
   * in place of the message of the row. Rejects with an AssistantsError if the thread cannot be copied.
   */
  fork: (key: string, edited?: OutgoingMessage) => Promise<void>;
  /** Leaves the thread. The next message creates a thread. Unsent messages stay in the outbox. */
  startOver: () => void;
  /** Removes a message that is queued or has failed. */
  discard: (key: string) => void;
  /** Follows an active run that this page did not start, after a reload or from another tab. Shows a run that has ended. */
  adopt: (run: Run) => void;
  /** Cancels the active run, or the run of the message that is being sent. Rejects with an AssistantsError. */
  stop: () => Promise<void>;
  /** Call on mount. Resumes following the run that `detach` stopped. */
  retain: () => void;
  /** Call on unmount. The last call detaches. Messages in the outbox are still sent. */
  release: () => void;
  /** Stops following the run without cancelling it. */
  detach: () => void;
}
