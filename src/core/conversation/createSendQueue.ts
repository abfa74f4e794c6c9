import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/client.js';
import { AssistantsError, toAssistantsError } from '../../client/errors.js';
import { randomKey } from '../../common/randomKey.js';
import { writeMessage } from '../../queries/cache/writeObjects.js';
import type { FollowedRun, RunTarget } from '../run/followRun.js';
import type { Conversation, ConversationSettings, ConversationState } from './Conversation.js';
import { findStoredCopy } from './findStoredCopy.js';
import { waitForRun } from './waitForRun.js';
import { createOutboxItem, type OutgoingMessage, type OutboxItem } from './OutboxItem.js';

/** What a delivery needs of its conversation. */
export interface SendQueueHost {
  getState: () => ConversationState;
  set: (next: Partial<ConversationState>) => void;
  getSettings: () => ConversationSettings;
  /** Whether a run is being followed that has not come to its end. */
  isBusy: () => boolean;
  follow: (target: RunTarget) => FollowedRun;
  /** A thread was made for a message. */
  nameThread: (threadId: string) => void;
}

/** The outbox of a conversation at work. */
export interface SendQueue extends Pick<
  Conversation,
  'restore' | 'reconcile' | 'confirmSent' | 'retry' | 'discard'
> {
  enqueue: (outgoing: OutgoingMessage, wantsRun: boolean) => Promise<void>;
  isAtWork: () => boolean;
  /** Stops the run that is about to be made. */
  stopNext: () => void;
}

/**
 * Empties the outbox of a conversation, a message at a time: each is stored, then its run is made and followed to its end.
 * What fails stays, to be sent again on request.
 */
export function createSendQueue(
  client: AssistantsClient,
  queryClient: QueryClient,
  host: SendQueueHost,
): SendQueue {
  const { getState, set, getSettings, isBusy, follow, nameThread } = host;
  let isAtWork = false;
  let stopWanted = false;
  let justSent: string | undefined;

  const update = (key: string, change: Partial<OutboxItem>) =>
    set({
      outbox: getState().outbox.map((item) => (item.key === key ? { ...item, ...change } : item)),
    });
  const drop = (key: string) =>
    set({ outbox: getState().outbox.filter((item) => item.key !== key) });
  const next = () => getState().outbox.find((item) => item.state === 'queued');

  async function work(): Promise<void> {
    if (isAtWork) return;
    isAtWork = true;
    try {
      for (let item = next(); item; item = next()) {
        await getState().followed?.settled.catch(() => undefined);
        // It may have been discarded while it waited.
        if (!getState().outbox.includes(item)) continue;
        await deliver(item).catch(handleSendFailure(item));
      }
    } finally {
      isAtWork = false;
    }
  }

  async function deliver(item: OutboxItem): Promise<void> {
    const { assistantId, runOptions } = getSettings();
    update(item.key, { state: 'sending', error: undefined });
    const body = {
      ...runOptions,
      ...(item.additionalInstructions !== undefined && {
        additional_instructions: item.additionalInstructions,
      }),
    };
    if (item.wantsRun && !assistantId) {
      throw new AssistantsError(
        'run',
        'There is no assistant to answer. Choose one, and send again.',
        { code: 'no_assistant' },
      );
    }
    const known = getState().threadId;
    // Only a run of an existing thread takes additional instructions.
    if (
      known === undefined &&
      item.wantsRun &&
      assistantId &&
      body.additional_instructions === undefined
    ) {
      const { additional_messages, additional_instructions: _, ...settingsOfRun } = body;
      const messages = [item.body, ...(additional_messages ?? [])];
      update(item.key, { opensThread: true });
      await makeRun({
        createThreadAndRun: {
          body: { ...settingsOfRun, assistant_id: assistantId, thread: { messages } },
        },
      });
      return getState().threadId === undefined
        ? drop(item.key)
        : update(item.key, { state: 'delivered' });
    }
    const threadId = known ?? (await client.createThread({ body: {} })).id;
    nameThread(threadId);
    if (item.storedId === undefined) {
      const message = await client.createMessage({ threadId, body: item.body });
      markStored(item.key, message.id);
      writeMessage(queryClient, client.scope, message);
    }
    if (item.wantsRun && assistantId && !stopWanted)
      await makeRun({ createRun: { threadId, body: { ...body, assistant_id: assistantId } } });
    stopWanted = false;
    drop(item.key);
  }

  /** Follows a run until it is known to exist. */
  function makeRun(target: RunTarget): Promise<void> {
    const followed = follow(target);
    if (stopWanted) void followed.stop();
    stopWanted = false;
    return waitForRun(followed);
  }

  /** What could not be delivered: it waits for the run of somebody else, or fails. */
  const handleSendFailure =
    ({ key }: OutboxItem) =>
    (reason: unknown): void => {
      const error = toAssistantsError(reason);
      const { threadId } = getState();
      const { onBusy, onError } = getSettings();
      if (
        error.kind === 'busy' &&
        error.runId !== undefined &&
        threadId !== undefined &&
        onBusy !== 'reject'
      ) {
        update(key, { state: 'queued' });
        const other = follow({ threadId, runId: error.runId });
        if (onBusy === 'cancel') void other.stop();
        return;
      }
      update(key, { state: 'failed', opensThread: false, error });
      onError?.(error);
    };

  /** The server has the message, and not its run. */
  function markStored(key: string, storedId: string) {
    set({ rowKeys: new Map(getState().rowKeys).set(storedId, key) });
    update(key, { storedId });
  }

  function confirmSent(key: string, messageId: string) {
    set({ rowKeys: new Map(getState().rowKeys).set(messageId, key) });
    drop(key);
  }

  return {
    isAtWork: () => isAtWork,
    async enqueue(outgoing, wantsRun) {
      const print = JSON.stringify(outgoing);
      // Enter held down, or Enter and a click: one act, whatever number of events.
      if (print === justSent) return;
      const { onBusy } = getSettings();
      if (isBusy() && onBusy === 'reject') {
        throw new AssistantsError(
          'busy',
          'The assistant is still answering. Wait for it, or stop it, and send again.',
        );
      }
      justSent = print;
      setTimeout(() => (justSent = undefined), 0);
      set({
        outbox: [
          ...getState().outbox,
          createOutboxItem(`local-${randomKey()}`, outgoing, wantsRun),
        ],
      });
      if (isBusy() && onBusy === 'cancel') void getState().followed?.stop();
      void work();
    },
    stopNext: () => void (stopWanted = isAtWork),
    restore: (items) => set({ outbox: [...items, ...getState().outbox] }),
    reconcile(stored) {
      const run = getState().followed?.getState().run;
      for (const item of getState().outbox) {
        const found = item.isUnconfirmed ? findStoredCopy(item, stored, run) : undefined;
        if (found?.isDone) confirmSent(item.key, found.messageId);
        else if (found && item.storedId === undefined) markStored(item.key, found.messageId);
      }
    },
    confirmSent,
    retry(key) {
      update(key, { state: 'queued', isUnconfirmed: false, error: undefined });
      void work();
    },
    discard(key) {
      const state = getState().outbox.find((item) => item.key === key)?.state;
      if (state === 'queued' || state === 'failed') drop(key);
    },
  };
}
