import { toAssistantsError } from '../../client/AssistantsError.js';
import { callSafely } from '../../common/callSafely.js';
import { warnOnce } from '../../common/warnOnce.js';
import type { Run } from '../../protocol/types.js';
import { syncMessages } from '../../queries/cache/syncMessages.js';
import * as keys from '../../queries/keys.js';
import { followRun } from '../run/followRun.js';
import type { FollowedRun, RunTarget } from '../run/FollowedRun.js';
import { assignThread } from './changeThread.js';
import type { ConversationContext } from './ConversationContext.js';
import { createCacheSink } from './createCacheSink.js';
import { broadcastRun } from './crossTab.js';

/** Follows a run of the conversation in place of the run before, and writes its objects to the cache. */
export function followConversationRun(
  context: ConversationContext,
  target: RunTarget,
): FollowedRun {
  const { client, queryClient } = context;
  const onRunKnown = (run: Run) => {
    assignThread(context, run.thread_id);
    if ('runId' in target) return;
    broadcastRun(client, run.thread_id);
    if (context.getPresence().isDetached) followed.detach();
  };
  const followed = followRun(client, target, {
    transport: context.getSettings().transport ?? 'auto',
    previousRunId: context.getState().followed?.getState().run?.id,
    sink: createCacheSink(queryClient, client.scope, onRunKnown),
  });
  context.dispatch({ type: 'runFollowed', followed });
  followed.settled.then(
    (run) => handleSettled(context, run),
    (reason: unknown) => handleFailure(context, followed, reason),
  );
  return followed;
}

/** Cancels a run without waiting for the response. A failure is reported to `onError`. */
export function stopRun({ getSettings }: ConversationContext, followed: FollowedRun): void {
  followed
    .stop()
    .catch((reason: unknown) => callSafely(getSettings().onError, toAssistantsError(reason)));
}

/**
 * Loads the messages that are newer than the cached ones. A failure is only logged: the cache has the messages of the run
 * already, and messages that others have added since then are loaded by the next sync or refetch.
 */
export async function syncThread(
  { client, queryClient }: ConversationContext,
  threadId: string,
): Promise<void> {
  try {
    await syncMessages(queryClient, client, threadId);
  } catch (reason) {
    const { kind, status, message } = toAssistantsError(reason);
    if (kind === 'aborted') return;
    warnOnce(
      `sync messages: ${kind} ${status ?? ''}`,
      `The new messages of thread ${threadId} could not be loaded: ${message}`,
      reason,
    );
  }
}

async function handleSettled(context: ConversationContext, run: Run): Promise<void> {
  await syncThread(context, run.thread_id);
  callSafely(context.getSettings().onRunSettled, run);
}

function handleFailure(context: ConversationContext, followed: FollowedRun, reason: unknown): void {
  const error = toAssistantsError(reason);
  if (error.kind !== 'aborted') callSafely(context.getSettings().onError, error);
  const threadId = followed.getState().run?.thread_id;
  if (threadId === undefined) return;
  // The run continues to write messages that this page does not see. They are loaded when the thread is next opened.
  void context.queryClient.invalidateQueries({
    queryKey: keys.thread(context.client.scope, threadId),
    refetchType: 'none',
  });
}
