import { AssistantsError, toAssistantsError } from '../../client/AssistantsError.js';
import { callSafely } from '../../common/callSafely.js';
import { writeMessage } from '../../queries/cache/writeObjects.js';
import type { RunTarget } from '../run/FollowedRun.js';
import { assignThread } from './changeThread.js';
import type { ConversationContext } from './ConversationContext.js';
import { followConversationRun, stopRun } from './followConversationRun.js';
import type { OutboxItem } from './OutboxItem.js';
import { planRequests } from './planRequests.js';
import { findItem } from './reduceOutbox.js';
import { waitForRun } from './waitForRun.js';

/**
 * Sends one message of the outbox and follows its run. Resolves when the run is known, without waiting for its end. Never
 * rejects: a failure becomes the state of the item.
 */
export async function sendItem(context: ConversationContext, item: OutboxItem): Promise<void> {
  try {
    await performRequests(context, item);
  } catch (reason) {
    handleSendFailure(context, item.key, toAssistantsError(reason));
  }
}

async function performRequests(context: ConversationContext, item: OutboxItem): Promise<void> {
  const { getState, dispatch, getSettings } = context;
  const { key } = item;
  const plan = planRequests(item, getState().threadId, getSettings());
  dispatch({ type: 'sending', key, opensThread: plan.type === 'createThreadAndRun' });
  switch (plan.type) {
    case 'missingAssistant':
      throw new AssistantsError('run', 'No assistant is set. Choose an assistant and send again.', {
        code: 'no_assistant',
      });
    case 'createThreadAndRun': {
      await startRun(context, item, { createThreadAndRun: { body: plan.body } });
      // If the user has left the new thread, its messages are not loaded here and the copy is never found.
      const isLeft = getState().threadId === undefined;
      dispatch({ type: isLeft ? 'confirmed' : 'runCreated', key });
      return;
    }
    case 'createMessage':
      await storeMessage(context, item);
      dispatch({ type: 'confirmed', key });
      return;
    case 'createMessageAndRun': {
      const threadId = await storeMessage(context, item);
      if (isStopRequested(context, item)) {
        dispatch({ type: 'confirmed', key });
        return;
      }
      await startRun(context, item, { createRun: { threadId, body: plan.runBody } });
      dispatch({ type: 'runCreated', key });
    }
  }
}

/** Stores the message unless an earlier attempt has stored it. Creates the thread if there is none. Returns the thread id. */
async function storeMessage(context: ConversationContext, item: OutboxItem): Promise<string> {
  const { client, queryClient } = context;
  const threadId = context.getState().threadId ?? (await client.createThread({ body: {} })).id;
  assignThread(context, threadId);
  if (item.storedId !== undefined) return threadId;
  const message = await client.createMessage({ threadId, body: item.body });
  context.dispatch({ type: 'stored', key: item.key, messageId: message.id });
  writeMessage(queryClient, client.scope, message);
  return threadId;
}

/** Creates a run and follows it. Resolves when the run is known. */
async function startRun(
  context: ConversationContext,
  item: OutboxItem,
  target: RunTarget,
): Promise<void> {
  const followed = followConversationRun(context, target);
  if (isStopRequested(context, item)) stopRun(context, followed);
  await waitForRun(followed);
}

function isStopRequested({ getState }: ConversationContext, { key }: OutboxItem): boolean {
  return findItem(getState().outbox, key)?.isStopRequested ?? false;
}

function handleSendFailure(
  context: ConversationContext,
  key: string,
  error: AssistantsError,
): void {
  const { threadId } = context.getState();
  const { onBusy, onError } = context.getSettings();
  const { kind, runId } = error;
  if (kind !== 'busy' || runId === undefined || threadId === undefined || onBusy === 'reject') {
    context.dispatch({ type: 'failed', key, error });
    callSafely(onError, error);
    return;
  }
  // A run of another client is active: follow it, and send the message after its end.
  context.dispatch({ type: 'requeued', key });
  const followed = followConversationRun(context, { threadId, runId });
  if (onBusy === 'cancel') stopRun(context, followed);
}
