import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/client.js';
import { toAssistantsError } from '../../client/errors.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import * as keys from '../../queries/keys.js';
import { syncMessages } from '../../queries/cache/syncMessages.js';
import { settledRun } from '../run/settledRun.js';
import { followRun, type FollowedRun, type RunTarget } from '../run/followRun.js';
import { importModule } from '../lazyModule.js';
import { createCacheSink } from './createCacheSink.js';
import type { Conversation, ConversationSettings, ConversationState } from './Conversation.js';
import { buildRows, type ConversationMessage } from './buildRows.js';
import { createSendQueue } from './createSendQueue.js';
import { isFollowing } from '../run/runPhase.js';
import type { OutgoingMessage } from './OutboxItem.js';
import { broadcastRun } from './crossTab.js';

/** The conversation of a thread, or of one that its first message will make: its outbox, and one run after the other. */
export function createConversation(
  client: AssistantsClient,
  queryClient: QueryClient,
  threadId: string | undefined,
): Conversation {
  const listeners = new Set<() => void>();
  let state: ConversationState = { threadId, outbox: [], followed: undefined, rowKeys: new Map() };
  let settings: ConversationSettings = {};
  /** How many show it. */
  let readers = 0;
  let isDetached = false;
  let rows: ConversationMessage[] = [];

  const getState = () => state;
  const set = (next: Partial<ConversationState>) => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };
  const isBusy = () => state.followed !== undefined && isFollowing(state.followed.getState());
  const syncThread = (id: string) => syncMessages(queryClient, client, id).catch(() => undefined);

  function follow(target: RunTarget): FollowedRun {
    const followed = followRun(client, target, {
      transport: settings.transport ?? 'auto',
      previousRunId: state.followed?.getState().run?.id,
      sink: createCacheSink(queryClient, client.scope, (run) => {
        nameThread(run.thread_id);
        if ('runId' in target) return;
        broadcastRun(client, run.thread_id);
        if (isDetached) followed.detach();
      }),
    });
    set({ followed });
    followed.settled.then(
      async (run) => {
        await syncThread(run.thread_id);
        settings.onRunSettled?.(run);
      },
      (reason: unknown) => {
        const error = toAssistantsError(reason);
        if (error.kind !== 'aborted') settings.onError?.(error);
        // What the run goes on to write is not seen here: the thread is asked for anew when it is next opened.
        const inThread = followed.getState().run?.thread_id;
        if (inThread !== undefined) {
          void queryClient.invalidateQueries({
            queryKey: keys.thread(client.scope, inThread),
            refetchType: 'none',
          });
        }
      },
    );
    return followed;
  }

  function nameThread(id: string) {
    if (state.threadId === undefined) goTo({ threadId: id });
  }

  /** Whoever has left in the meantime is not called away from where they are. */
  function goTo(next: Pick<ConversationState, 'threadId'> & Partial<ConversationState>) {
    set(next);
    if (next.threadId !== undefined) settings.onThreadCreated?.(next.threadId);
    if (readers > 0) settings.onThreadIdChange?.(next.threadId);
  }

  function leaveThread(id: string | undefined) {
    state.followed?.detach();
    goTo({ threadId: id, followed: undefined, rowKeys: new Map() });
  }

  const { enqueue, isAtWork, stopNext, ...outbox } = createSendQueue(client, queryClient, {
    getState,
    set,
    getSettings: () => settings,
    isBusy,
    follow,
    nameThread,
  });

  function send(outgoing: OutgoingMessage, wantsRun: boolean): Promise<void> {
    isDetached = false;
    return enqueue(outgoing, wantsRun);
  }

  function rerun() {
    const { threadId: inThread } = state;
    const { assistantId, runOptions } = settings;
    if (isBusy() || isAtWork() || inThread === undefined || !assistantId) return;
    follow({
      createRun: { threadId: inThread, body: { ...runOptions, assistant_id: assistantId } },
    });
  }

  function adopt(run: Run): void {
    isDetached = false;
    const { thread_id: inThread, id: runId } = run;
    const known = state.followed?.getState().run;
    if (isAtWork() || (known?.id === runId && isSettled(known.status))) return;
    if (isBusy()) {
      // Another tab was quicker to see that the run is over, and has begun the next one.
      const isStillHere = () => !isDetached && state.threadId === inThread;
      if (known && known.id !== runId)
        void state.followed?.settled.then(
          () => isStillHere() && adopt(run),
          () => undefined,
        );
      return;
    }
    if (isSettled(run.status)) {
      // An answer that is older than the run that was followed since.
      if (!known || known.created_at < run.created_at) set({ followed: settledRun(run) });
      return;
    }
    follow({ threadId: inThread, runId });
    // Of the other tab's question nobody has told us.
    void syncThread(inThread);
  }

  function detach() {
    isDetached = true;
    // A run that is only being made is let go as soon as it is there.
    if (!isAtWork() || state.followed?.getState().run) state.followed?.detach();
  }

  return {
    ...outbox,
    getState,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    configure: (now) => void (settings = now),
    getRows: (sources) => (rows = buildRows(sources, rows)),
    getNewestRowKey: () => rows.at(-1)?.key,
    send: (outgoing) => send(outgoing, true),
    addMessage: (outgoing) => send(outgoing, false),
    rerun,
    async regenerate() {
      if (isBusy() || isAtWork() || state.threadId === undefined) return;
      const { removeLastAnswer } = await branches();
      await removeLastAnswer(client, queryClient, state.threadId);
      rerun();
    },
    async fork(key, edited) {
      const { threadId: inThread } = state;
      const lastId = rows.find((row) => row.key === key)?.message.id;
      if (inThread === undefined || lastId === undefined) return;
      const { copyThread } = await branches();
      leaveThread(
        (await copyThread(client, inThread, lastId, { includesLast: edited === undefined })).id,
      );
      if (edited !== undefined) await send(edited, true);
    },
    startOver: () => leaveThread(undefined),
    adopt,
    async stop() {
      if (isBusy()) return state.followed?.stop();
      stopNext();
    },
    retain() {
      readers += 1;
      if (!isDetached) return;
      isDetached = false;
      const run = state.followed?.getState().run;
      if (run && !isSettled(run.status) && !isBusy())
        follow({ threadId: run.thread_id, runId: run.id });
    },
    release() {
      readers -= 1;
      if (readers === 0) detach();
    },
    detach,
  };
}

function branches() {
  return importModule('the regenerate and fork actions', () => import('./branches.js'));
}
