import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import { AssistantsError } from '../../client/AssistantsError.js';
import { randomKey } from '../../common/randomKey.js';
import type { ConversationContext } from './ConversationContext.js';
import { stopRun } from './followConversationRun.js';
import { createOutboxItem, type OutgoingMessage } from './OutboxItem.js';
import { isBusy } from './reduceConversation.js';
import { findQueuedItem } from './reduceOutbox.js';
import { sendItem } from './sendItem.js';

/** Sends the messages of a conversation, one after the other. */
export interface SendQueue {
  /** Adds a message to the outbox. Rejects with kind 'busy' if `onBusy` is 'reject' and a run is active. */
  enqueue: (outgoing: OutgoingMessage, options: { wantsRun: boolean }) => Promise<void>;
  /** Sends a failed message again. */
  retry: (key: string) => void;
}

/**
 * Creates the queue that sends the messages of the outbox in order. Before each message it waits for the end of the followed
 * run. Failed messages stay in the outbox until the user retries or discards them.
 */
export function createSendQueue(context: ConversationContext): SendQueue {
  const { getState, dispatch, getSettings } = context;
  const findNext = () => findQueuedItem(getState().outbox);
  let isProcessing = false;
  let lastSubmit: string | undefined;

  async function processOutbox(): Promise<void> {
    if (isProcessing) return;
    isProcessing = true;
    try {
      for (let item = findNext(); item; item = findNext()) {
        await getState().followed?.settled.catch(() => undefined);
        // The user may have discarded the message in the meantime.
        if (getState().outbox.includes(item)) await sendItem(context, item);
      }
    } finally {
      isProcessing = false;
    }
  }

  return {
    async enqueue(outgoing, { wantsRun }) {
      // Ignores duplicate submits caused by one user action: Enter held down, or Enter and a click.
      const submit = JSON.stringify(outgoing);
      if (submit === lastSubmit) return;
      const { onBusy } = getSettings();
      const { followed } = getState();
      const wasBusy = isBusy(getState());
      if (wasBusy && onBusy === 'reject') throw createBusyError();
      lastSubmit = submit;
      setTimeout(() => {
        lastSubmit = undefined;
      }, 0);
      const item = createOutboxItem(outgoing, {
        key: `local-${randomKey()}`,
        wantsRun,
        createdAt: toUnixSeconds(Date.now()),
      });
      dispatch({ type: 'enqueued', item });
      if (wasBusy && followed && onBusy === 'cancel') stopRun(context, followed);
      void processOutbox();
    },
    retry(key) {
      dispatch({ type: 'retried', key });
      void processOutbox();
    },
  };
}

function createBusyError(): AssistantsError {
  return new AssistantsError(
    'busy',
    'The assistant is still answering. Wait for the answer or stop it, then send again.',
  );
}
