import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { createStore, type Store } from '../../common/createStore.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { importModule } from '../lazyModule.js';
import { settledRun } from '../run/settledRun.js';
import { buildRows, type ConversationMessage } from './buildRows.js';
import { leaveThread } from './changeThread.js';
import type { Conversation, ConversationSettings, ConversationState } from './Conversation.js';
import type { ConversationContext } from './ConversationContext.js';
import { createSendQueue, type SendQueue } from './createSendQueue.js';
import { decideAdoption } from './decideAdoption.js';
import { findStoredCopy } from './findStoredCopy.js';
import { cancelRun, followConversationRun, loadNewMessages } from './followConversationRun.js';
import { loadFollowing } from './loadFollowing.js';
import type { OutgoingMessage } from './OutboxItem.js';
import { isBusy, reduceConversation } from './reduceConversation.js';
import { hasPendingItems } from './reduceOutbox.js';
import { initialPresence, reducePresence } from './reducePresence.js';

/** Creates the conversation of a thread, or of a new thread that its first message creates. */
export function createConversation(
  client: AssistantsClient,
  queryClient: QueryClient,
  threadId: string | undefined,
): Conversation {
  const store = createStore<ConversationState>({
    threadId,
    outbox: [],
    followed: undefined,
    rowKeys: new Map(),
  });
  const settings = createStore<ConversationSettings>({});
  const context = createContext(client, queryClient, store, settings);
  const queue = createSendQueue(context);
  const { dispatch } = context;
  let rows: ConversationMessage[] = [];
  const startTurn = (): void => {
    const newestId = findNewestId(rows);
    // Until the messages of the thread are loaded, the place of failed messages is unknown.
    if (newestId === undefined && store.getState().threadId !== undefined) return;
    dispatch({ type: 'turnStarted', newestId });
  };

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    configure: settings.setState,
    getRows(sources) {
      rows = buildRows(sources, rows);
      return rows;
    },
    getNewestRowKey: () => rows.at(-1)?.key,
    send(outgoing) {
      startTurn();
      return send(context, queue, outgoing, { wantsRun: true });
    },
    addMessage(outgoing) {
      startTurn();
      return send(context, queue, outgoing, { wantsRun: false });
    },
    restore: (items) => dispatch({ type: 'restored', items }),
    reconcile: (stored) => reconcileOutbox(context, stored),
    confirmSent: (key, messageId) => dispatch({ type: 'confirmed', key, messageId }),
    retry(key) {
      startTurn();
      queue.retry(key);
    },
    discard: (key) => dispatch({ type: 'discarded', key }),
    rerun() {
      startTurn();
      rerun(context);
    },
    regenerate() {
      startTurn();
      return regenerate(context);
    },
    async fork(key, edited) {
      const messageId = rows.find((row) => row.key === key)?.message.id;
      if (messageId === undefined) return;
      const isForked = await forkThread(context, messageId, { includesLast: edited === undefined });
      if (isForked && edited !== undefined) await send(context, queue, edited, { wantsRun: true });
    },
    startOver: () => leaveThread(context, undefined),
    adopt: (run) => adopt(context, run),
    stop: () => stop(context),
    retain: () => retain(context),
    release: () => release(context),
    detach() {
      context.changePresence('detached');
      stopFollowing(context);
    },
  };
}

/** Returns the id of the newest message that the server has, or the key of one whose id is not known yet. */
function findNewestId(rows: readonly ConversationMessage[]): string | undefined {
  return rows.findLast(({ state }) => state === 'stored' || state === 'growing')?.message.id;
}

function createContext(
  client: AssistantsClient,
  queryClient: QueryClient,
  store: Store<ConversationState>,
  settings: Store<ConversationSettings>,
): ConversationContext {
  const presence = createStore(initialPresence);
  return {
    client,
    queryClient,
    getState: store.getState,
    dispatch: (event) => store.setState((state) => reduceConversation(state, event)),
    getSettings: settings.getState,
    getPresence: presence.getState,
    changePresence: (event) => presence.setState((current) => reducePresence(current, event)),
  };
}

function send(
  context: ConversationContext,
  queue: SendQueue,
  outgoing: OutgoingMessage,
  options: { wantsRun: boolean },
): Promise<void> {
  context.changePresence('attached');
  return queue.enqueue(outgoing, options);
}

/** Returns true if no run can be started now, because a run is active or messages wait to be sent. */
function isOccupied({ getState }: ConversationContext): boolean {
  return isBusy(getState()) || hasPendingItems(getState().outbox);
}

function rerun(context: ConversationContext): void {
  const { threadId } = context.getState();
  const { assistantId, runOptions } = context.getSettings();
  if (isOccupied(context) || threadId === undefined || !assistantId) return;
  followConversationRun(context, {
    createRun: { threadId, body: { ...runOptions, assistant_id: assistantId } },
  });
}

/** Conversations whose last answer is being replaced. */
const regenerating = new WeakSet<ConversationContext>();

async function regenerate(context: ConversationContext): Promise<void> {
  const { threadId } = context.getState();
  // Without an assistant, no answer would replace the deleted one.
  if (threadId === undefined || !context.getSettings().assistantId) return;
  if (isOccupied(context) || regenerating.has(context)) return;
  regenerating.add(context);
  try {
    await replaceLastAnswer(context, threadId);
  } finally {
    regenerating.delete(context);
  }
}

/** Does nothing once the conversation has another thread or is occupied. */
async function replaceLastAnswer(context: ConversationContext, threadId: string): Promise<void> {
  const { client, queryClient, getState } = context;
  // An answer must not be deleted while the code that requests another one cannot be loaded.
  await loadFollowing();
  const { removeLastAnswer } = await importModule(
    'the regenerate action',
    () => import('./removeLastAnswer.js'),
  );
  if (isOccupied(context) || getState().threadId !== threadId) return;
  await removeLastAnswer(client, queryClient, threadId);
  if (getState().threadId === threadId) rerun(context);
}

/** Continues in a copy of the thread. Returns false if the conversation has no thread. */
async function forkThread(
  context: ConversationContext,
  lastMessageId: string,
  { includesLast }: { includesLast: boolean },
): Promise<boolean> {
  const { client, getState } = context;
  const { threadId } = getState();
  if (threadId === undefined) return false;
  const { copyThread } = await importModule('the fork action', () => import('./copyThread.js'));
  const { id } = await copyThread(client, threadId, { lastMessageId, includesLast });
  leaveThread(context, id);
  return true;
}

/** Compares restored messages with the thread: some of them may have been stored before the page was closed. */
function reconcileOutbox(
  { getState, dispatch }: ConversationContext,
  stored: Parameters<Conversation['reconcile']>[0],
): void {
  const run = getState().followed?.getState().run;
  for (const item of getState().outbox) {
    const copy = item.isUnconfirmed ? findStoredCopy(item, stored, run) : undefined;
    if (copy === undefined) continue;
    const { messageId, isDone } = copy;
    if (isDone) dispatch({ type: 'confirmed', key: item.key, messageId });
    else if (item.storedId === undefined) dispatch({ type: 'stored', key: item.key, messageId });
  }
}

function adopt(context: ConversationContext, run: Run): void {
  const { getState, dispatch } = context;
  const { followed, outbox } = getState();
  const threadId = run.thread_id;
  context.changePresence('attached');
  const adoption = decideAdoption(run, {
    current: followed?.getState().run,
    isBusy: isBusy(getState()),
    hasPendingItems: hasPendingItems(outbox),
  });
  switch (adoption) {
    case 'ignore':
      return;
    case 'show':
      dispatch({ type: 'runFollowed', followed: settledRun(run) });
      return;
    case 'wait':
      void followed?.settled.then(
        () => {
          if (!context.getPresence().isDetached && getState().threadId === threadId)
            adopt(context, run);
        },
        () => undefined,
      );
      return;
    case 'follow':
      followConversationRun(context, { threadId, runId: run.id });
      // The message that started the run was sent by another tab and is not in the cache.
      void loadNewMessages(context, threadId);
  }
}

async function stop(context: ConversationContext): Promise<void> {
  const state = context.getState();
  if (state.followed && isBusy(state)) await cancelRun(context, state.followed);
  else context.dispatch({ type: 'stopRequested' });
}

function retain(context: ConversationContext): void {
  const { isDetached } = context.getPresence();
  context.changePresence('mounted');
  const run = context.getState().followed?.getState().run;
  if (isDetached && run && !isSettled(run.status) && !isBusy(context.getState()))
    followConversationRun(context, { threadId: run.thread_id, runId: run.id });
}

function release(context: ConversationContext): void {
  context.changePresence('unmounted');
  if (context.getPresence().viewerCount === 0) stopFollowing(context);
}

/** Stops following the run. A run that is being created is released as soon as it is known. */
function stopFollowing({ getState }: ConversationContext): void {
  const { followed, outbox } = getState();
  if (!hasPendingItems(outbox) || followed?.getState().run) followed?.detach();
}
