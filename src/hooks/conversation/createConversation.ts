import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/client.js';
import { AssistantsError, toAssistantsError } from '../../client/errors.js';
import { randomKey } from '../../client/randomKey.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { writeMessage } from '../../queries/cache.js';
import { keys } from '../../queries/keys.js';
import { syncMessages } from '../../queries/syncMessages.js';
import { endedRun } from '../../stream/endedRun.js';
import { followRun, type FollowedRun, type RunTarget } from '../../stream/followRun.js';
import { copyOfMessages, removeLastAnswer } from './branches.js';
import { cacheSink } from './cacheSink.js';
import type { Conversation, ConversationSettings, ConversationState } from './Conversation.js';
import { conversationRows, type ConversationMessage } from './conversationRows.js';
import { findSent } from './findSent.js';
import { firstRun } from './firstRun.js';
import { outboxItem, type Outgoing, type OutboxItem } from './outbox.js';
import { tellTabs } from './tabs.js';

/**
 * Messages leave one at a time: each is stored, then its run is made and followed to its end. Nothing that was sent is
 * lost: what fails stays in the outbox.
 */
export function createConversation(
  client: AssistantsClient,
  queryClient: QueryClient,
  threadId: string | undefined,
): Conversation {
  const listeners = new Set<() => void>();
  let state: ConversationState = { threadId, outbox: [], followed: undefined, keys: new Map() };
  let settings: ConversationSettings = {};
  let isPumping = false;
  let isDetached = false;
  let stopWanted = false;
  let justSent: string | undefined;
  let rows: ConversationMessage[] = [];

  const set = (next: Partial<ConversationState>) => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };
  const update = (key: string, change: Partial<OutboxItem>) =>
    set({ outbox: state.outbox.map((item) => (item.key === key ? { ...item, ...change } : item)) });
  const drop = (key: string) => set({ outbox: state.outbox.filter((item) => item.key !== key) });
  const fail = (key: string, error: AssistantsError) => {
    update(key, { state: 'failed', opensThread: false, error });
    settings.onError?.(error);
  };
  const isBusy = () => {
    const { phase } = state.followed?.getState() ?? {};
    return phase !== undefined && phase !== 'settled' && phase !== 'failed' && phase !== 'detached';
  };

  function follow(target: RunTarget): FollowedRun {
    const followed = followRun(client, target, {
      transport: settings.transport ?? 'auto',
      previousRunId: state.followed?.getState().run?.id,
      sink: cacheSink(queryClient, client.scope, (run) => {
        nameThread(run.thread_id);
        if (!('runId' in target)) tellTabs(client, run.thread_id);
      }),
    });
    set({ followed });
    followed.settled.then(
      async (run) => {
        await syncMessages(queryClient, client, run.thread_id).catch(() => undefined);
        settings.onRunSettled?.(run);
      },
      (reason: unknown) => {
        const error = toAssistantsError(reason);
        if (error.kind !== 'aborted') settings.onError?.(error);
        // What the run goes on to write is not seen here: the thread is asked for anew when it is next opened.
        const inThread = followed.getState().run?.thread_id;
        if (inThread !== undefined) {
          void queryClient.invalidateQueries({ queryKey: keys.thread(client.scope, inThread), refetchType: 'none' });
        }
      },
    );
    return followed;
  }

  function nameThread(id: string) {
    if (state.threadId !== undefined) return;
    set({ threadId: id });
    settings.onThreadIdChange?.(id);
  }

  /** Follows the run that an item asks for, until it is known to exist. */
  async function startRun(item: OutboxItem, target: RunTarget): Promise<void> {
    const followed = follow(target);
    if (stopWanted) void followed.stop();
    stopWanted = false;
    await firstRun(followed);
    if (item.storedId === undefined && state.threadId !== undefined && 'createThreadAndRun' in target) {
      update(item.key, { state: 'delivered' });
    } else drop(item.key);
    if (isDetached) followed.detach();
  }

  async function deliver(item: OutboxItem): Promise<void> {
    const { assistantId, run } = settings;
    update(item.key, { state: 'sending', error: undefined });
    const body = { ...run, ...(item.additionalInstructions !== undefined && { additional_instructions: item.additionalInstructions }) };
    if (item.wantsRun && !assistantId) {
      throw new AssistantsError('run', 'There is no assistant to answer. Choose one, and send again.', { code: 'no_assistant' });
    }
    // Only a run of an existing thread takes additional instructions.
    if (state.threadId === undefined && item.wantsRun && assistantId && body.additional_instructions === undefined) {
      const { additional_messages, additional_instructions: _, ...settingsOfRun } = body;
      const messages = [item.body, ...(additional_messages ?? [])];
      update(item.key, { opensThread: true });
      return startRun(item, {
        createThreadAndRun: { body: { ...settingsOfRun, assistant_id: assistantId, thread: { messages } } },
      });
    }
    const threadId = state.threadId ?? (await client.createThread({ body: {} })).id;
    nameThread(threadId);
    let { storedId } = item;
    if (storedId === undefined) {
      const message = await client.createMessage({ threadId, body: item.body });
      storedId = message.id;
      markStored(item.key, storedId);
      writeMessage(queryClient, client.scope, message);
    }
    if (!item.wantsRun || !assistantId || stopWanted) {
      stopWanted = false;
      return drop(item.key);
    }
    await startRun({ ...item, storedId }, { createRun: { threadId, body: { ...body, assistant_id: assistantId } } });
  }

  async function pump(): Promise<void> {
    if (isPumping) return;
    isPumping = true;
    try {
      for (let item = next(); item; item = next()) {
        await state.followed?.settled.catch(() => undefined);
        // It may have been discarded while it waited.
        if (!state.outbox.includes(item)) continue;
        try {
          await deliver(item);
        } catch (reason) {
          const error = toAssistantsError(reason);
          const { threadId } = state;
          if (error.kind === 'busy' && error.runId !== undefined && threadId !== undefined && settings.onBusy !== 'reject') {
            update(item.key, { state: 'queued' });
            const other = follow({ threadId, runId: error.runId });
            if (settings.onBusy === 'cancel') void other.stop();
          } else fail(item.key, error);
        }
      }
    } finally {
      isPumping = false;
    }
  }

  function next(): OutboxItem | undefined {
    return state.outbox.find((item) => item.state === 'queued');
  }

  async function enqueue(outgoing: Outgoing, wantsRun: boolean): Promise<void> {
    const print = JSON.stringify(outgoing);
    // Enter held down, or Enter and a click: one act, whatever number of events.
    if (print === justSent) return;
    if (isBusy() && settings.onBusy === 'reject') {
      throw new AssistantsError('busy', 'The assistant is still answering. Wait for it, or stop it, and send again.');
    }
    justSent = print;
    setTimeout(() => (justSent = undefined), 0);
    isDetached = false;
    const item = outboxItem(`local-${randomKey()}`, outgoing, wantsRun);
    set({ outbox: [...state.outbox, item] });
    if (isBusy() && settings.onBusy === 'cancel') void state.followed?.stop();
    void pump();
  }

  function rerun() {
    const { threadId: inThread } = state;
    const { assistantId, run } = settings;
    if (isBusy() || isPumping || inThread === undefined || !assistantId) return;
    follow({ createRun: { threadId: inThread, body: { ...run, assistant_id: assistantId } } });
  }

  /** The server has the message, and not its run. */
  function markStored(key: string, storedId: string) {
    set({ keys: new Map(state.keys).set(storedId, key) });
    update(key, { storedId });
  }

  function recognise(key: string, messageId: string) {
    set({
      keys: new Map(state.keys).set(messageId, key),
      outbox: state.outbox.filter((item) => item.key !== key),
    });
  }

  function adopt(run: Run): void {
    isDetached = false;
    const { thread_id: inThread, id: runId } = run;
    const known = state.followed?.getState().run;
    if (isPumping || (known?.id === runId && isSettled(known.status))) return;
    if (isBusy()) {
      // Another tab was quicker to see that the run is over, and has begun the next one.
      const isStillHere = () => !isDetached && state.threadId === inThread;
      if (known && known.id !== runId) void state.followed?.settled.then(() => isStillHere() && adopt(run), () => undefined);
      return;
    }
    if (isSettled(run.status)) {
      // An answer that is older than the run that was followed since.
      if (!known || known.created_at < run.created_at) set({ followed: endedRun(run) });
      return;
    }
    follow({ threadId: inThread, runId });
    // Of the other tab's question nobody has told us.
    void syncMessages(queryClient, client, inThread).catch(() => undefined);
  }

  function goTo(id: string | undefined) {
    state.followed?.detach();
    set({ threadId: id, followed: undefined, keys: new Map() });
    settings.onThreadIdChange?.(id);
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    configure: (now) => void (settings = now),
    rows: (sources) => (rows = conversationRows(sources, rows)),
    newestKey: () => rows.at(-1)?.key,
    send: (outgoing) => enqueue(outgoing, true),
    append: (outgoing) => enqueue(outgoing, false),
    restore: (items) => set({ outbox: [...items, ...state.outbox] }),
    reconcile(stored) {
      const run = state.followed?.getState().run;
      for (const item of state.outbox) {
        const found = item.isUnsure ? findSent(item, stored, run) : undefined;
        if (found?.isDone) recognise(item.key, found.messageId);
        else if (found && item.storedId === undefined) markStored(item.key, found.messageId);
      }
    },
    recognise,
    retry(key) {
      update(key, { state: 'queued', isUnsure: false, error: undefined });
      void pump();
    },
    rerun,
    async regenerate() {
      if (isBusy() || isPumping || state.threadId === undefined) return;
      await removeLastAnswer(client, queryClient, state.threadId);
      rerun();
    },
    async fork(key, edited) {
      const lastId = rows.find((row) => row.key === key)?.message.id;
      if (state.threadId === undefined || lastId === undefined) return;
      const includesLast = edited === undefined;
      const messages = await copyOfMessages(client, state.threadId, lastId, { includesLast });
      const thread = await client.createThread({ body: { messages } });
      goTo(thread.id);
      if (edited !== undefined) await enqueue(edited, true);
    },
    startOver: () => goTo(undefined),
    discard(key) {
      const item = state.outbox.find((entry) => entry.key === key);
      if (item?.state === 'queued' || item?.state === 'failed') drop(key);
    },
    adopt,
    async stop() {
      if (isBusy()) return state.followed?.stop();
      stopWanted = isPumping;
    },
    attach() {
      if (!isDetached) return;
      isDetached = false;
      const run = state.followed?.getState().run;
      if (run && !isSettled(run.status) && !isBusy()) follow({ threadId: run.thread_id, runId: run.id });
    },
    detach() {
      isDetached = true;
      // A run that is only being made is let go as soon as it is there.
      if (!isPumping || state.followed?.getState().run) state.followed?.detach();
    },
  };
}
