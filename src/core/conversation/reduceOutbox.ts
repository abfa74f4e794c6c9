import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OutboxItem } from './OutboxItem.js';

/** Messages that the server has not confirmed, in the order in which they are sent. */
export type Outbox = readonly OutboxItem[];

export type OutboxEvent =
  /** The user has sent a message. */
  | { type: 'enqueued'; item: OutboxItem }
  /** Failed messages of an earlier page were found in the storage. */
  | { type: 'restored'; items: Outbox }
  /** The request for a message starts. `opensThread`: it creates the thread, too. */
  | { type: 'sending'; key: string; opensThread: boolean }
  /** The server has stored a message. Its run is not created yet. */
  | { type: 'stored'; key: string; messageId: string }
  /** The server has created the run of a message. */
  | { type: 'runCreated'; key: string }
  /** Nothing is left to send. `messageId` is the id of the stored message, if it is known. */
  | { type: 'confirmed'; key: string; messageId?: string }
  /** The thread is busy with the run of another client. */
  | { type: 'requeued'; key: string }
  | { type: 'failed'; key: string; error: AssistantsError }
  /** The user sends a failed message again. */
  | { type: 'retried'; key: string }
  /** A newer turn starts, so that failed messages are no longer the newest. `newestId` is the newest stored message. */
  | { type: 'turnStarted'; newestId: string | undefined }
  /** The user removes a message that is queued or has failed. */
  | { type: 'discarded'; key: string }
  /** The user stops the next run, which is not created yet. */
  | { type: 'stopRequested' };

/** Returns the outbox after an event. Returns the same array if the event changes nothing. */
export function reduceOutbox(outbox: Outbox, event: OutboxEvent): Outbox {
  switch (event.type) {
    case 'enqueued':
      return [...outbox, event.item];
    case 'restored':
      return event.items.length === 0 ? outbox : [...event.items, ...outbox];
    case 'sending':
      return updateItem(outbox, event.key, {
        state: 'sending',
        opensThread: event.opensThread,
        error: undefined,
      });
    case 'stored':
      return updateItem(outbox, event.key, { storedId: event.messageId });
    case 'runCreated':
      return completeItem(outbox, event.key);
    case 'confirmed':
      return removeItem(outbox, event.key);
    case 'requeued':
      return updateItem(outbox, event.key, { state: 'queued' });
    case 'failed':
      return updateItem(outbox, event.key, {
        state: 'failed',
        opensThread: false,
        isStopRequested: false,
        error: event.error,
      });
    case 'retried':
      return retryItem(outbox, event.key);
    case 'turnStarted':
      return placeFailedItems(outbox, event.newestId);
    case 'discarded':
      return discardItem(outbox, event.key);
    case 'stopRequested':
      return stopNextItem(outbox);
  }
}

/** Returns the oldest message that waits to be sent. */
export function findQueuedItem(outbox: Outbox): OutboxItem | undefined {
  return outbox.find(({ state }) => state === 'queued');
}

/** Returns true if a message is being sent or waits to be sent. */
export function hasPendingItems(outbox: Outbox): boolean {
  return outbox.some(({ state }) => state === 'queued' || state === 'sending');
}

export function findItem(outbox: Outbox, key: string): OutboxItem | undefined {
  return outbox.find((item) => item.key === key);
}

function completeItem(outbox: Outbox, key: string): Outbox {
  // The id of a message that opened its thread is unknown until the messages of the thread are loaded.
  if (findItem(outbox, key)?.opensThread) return updateItem(outbox, key, { state: 'delivered' });
  return removeItem(outbox, key);
}

function retryItem(outbox: Outbox, key: string): Outbox {
  if (findItem(outbox, key)?.state !== 'failed') return outbox;
  return updateItem(outbox, key, {
    state: 'queued',
    previousId: undefined,
    isUnconfirmed: false,
    error: undefined,
  });
}

/** Keeps failed messages at their place, which is below the newest stored message. */
function placeFailedItems(outbox: Outbox, newestId: string | undefined): Outbox {
  const isPlaced = ({ state, previousId }: OutboxItem): boolean =>
    state !== 'failed' || previousId !== undefined;
  if (outbox.every(isPlaced)) return outbox;
  return outbox.map((item) => (isPlaced(item) ? item : { ...item, previousId: newestId ?? null }));
}

function discardItem(outbox: Outbox, key: string): Outbox {
  const state = findItem(outbox, key)?.state;
  return state === 'queued' || state === 'failed' ? removeItem(outbox, key) : outbox;
}

function stopNextItem(outbox: Outbox): Outbox {
  const next = outbox.find(({ state }) => state === 'sending') ?? findQueuedItem(outbox);
  return next ? updateItem(outbox, next.key, { isStopRequested: true }) : outbox;
}

function updateItem(outbox: Outbox, key: string, change: Partial<OutboxItem>): Outbox {
  if (!findItem(outbox, key)) return outbox;
  return outbox.map((item) => (item.key === key ? { ...item, ...change } : item));
}

function removeItem(outbox: Outbox, key: string): Outbox {
  return findItem(outbox, key) ? outbox.filter((item) => item.key !== key) : outbox;
}
