import { toAssistantsError } from '../../client/AssistantsError.js';
import { callSafely } from '../../common/callSafely.js';
import type { Run } from '../../protocol/types.js';
import { claimRun, releaseRun } from '../../queries/cache/runClaims.js';
import * as keys from '../../queries/keys.js';
import type { FollowedRun, RunTarget } from '../run/FollowedRun.js';
import { startFollowing } from '../run/startFollowing.js';
import { assignThread } from './changeThread.js';
import type { ConversationContext } from './ConversationContext.js';
import { createCacheSink } from './createCacheSink.js';
import { broadcastRun } from './crossTab.js';
import { loadFollowing } from './loadFollowing.js';

/** Follows a run of the conversation in place of the run before, and writes its objects to the cache. */
export function followConversationRun(
  context: ConversationContext,
  target: RunTarget,
): FollowedRun {
  const { client, queryClient } = context;
  const onRunKnown = (run: Run) => {
    assignThread(context, run.thread_id);
    claimRun(queryClient, run.id);
    if ('runId' in target) return;
    broadcastRun(client, run.thread_id);
    if (context.getPresence().isDetached) followed.detach();
  };
  const options = {
    transport: context.getSettings().transport ?? 'auto',
    previousRunId: context.getState().followed?.getState().run?.id,
    sink: createCacheSink(queryClient, client.scope, onRunKnown),
  };
  const followed = startFollowing(client, target, options, async () => {
    const { followToEnd } = await loadFollowing();
    return followToEnd;
  });
  context.dispatch({ type: 'runFollowed', followed });
  followed.settled.then(
    (run) => handleSettled(context, run),
    (reason: unknown) => handleFailure(context, followed, reason),
  );
  return followed;
}

/** Cancels a run. Rejects with an AssistantsError, which `onError` receives, too. */
export function cancelRun(
  { getSettings }: ConversationContext,
  followed: FollowedRun,
): Promise<void> {
  return followed.stop().catch((reason: unknown) => {
    const error = toAssistantsError(reason);
    callSafely(getSettings().onError, error);
    throw error;
  });
}

/** Cancels a run without waiting for the response. A failure is reported to `onError`. */
export function stopRun(context: ConversationContext, followed: FollowedRun): void {
  cancelRun(context, followed).catch(() => undefined);
}

/** Loads the messages that the cache of the thread does not have. Never rejects. */
export async function loadNewMessages(
  context: ConversationContext,
  threadId: string,
): Promise<void> {
  await loadFollowing().then(
    ({ syncThread }) => syncThread(context, threadId),
    () => undefined,
  );
}

async function handleSettled(context: ConversationContext, run: Run): Promise<void> {
  await loadNewMessages(context, run.thread_id);
  callSafely(context.getSettings().onRunSettled, run);
}

function handleFailure(context: ConversationContext, followed: FollowedRun, reason: unknown): void {
  const error = toAssistantsError(reason);
  if (error.kind !== 'aborted') callSafely(context.getSettings().onError, error);
  const { run } = followed.getState();
  if (run === undefined) return;
  releaseRun(context.queryClient, run.id);
  // The server cannot report the run, or cannot stop it: its messages show what has become of it.
  if (error.kind === 'unsupported') {
    void loadNewMessages(context, run.thread_id);
    return;
  }
  // The run continues to write messages that this page does not see. They are loaded when the thread is next opened.
  void context.queryClient.invalidateQueries({
    queryKey: keys.thread(context.client.scope, run.thread_id),
    refetchType: 'none',
  });
}
