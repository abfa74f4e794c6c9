'use client';
import { isFailedRun, isSuperseded } from '../../core/conversation/runOutcome.js';
import { useThreadMessages } from '../../hooks/operations/messages.js';
import { useConversationState } from '../../hooks/useConversationState.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Message, Run } from '../../protocol/types.js';
import { getNewestMessage } from '../../queries/cache/messagePages.js';
import { useThreadConversation } from './ThreadContext.js';

/**
 * Returns the run that failed or expired, if `Thread.Status` explains why. The last message of this run need not say it again.
 */
export function useExplainedRun(): Run | undefined {
  const { followed, outbox } = useConversationState(useThreadConversation());
  const run = useFollowedRun(followed, (state) => state.run);
  const isHidden = useIsStatusHidden(run);
  if (isHidden || outbox.length > 0) return undefined;
  return run?.status === 'failed' || run?.status === 'expired' ? run : undefined;
}

/** Returns true if the status of the run is unknown, superseded, or shown by its message. */
export function useIsStatusHidden(run: Run | undefined): boolean {
  const { threadId, followed } = useConversationState(useThreadConversation());
  const phase = useFollowedRun(followed, (state) => state.phase);
  const writtenMessage = useFollowedRun(followed, ({ messages }) => messages.at(-1));
  const { data: storedMessage, isPending } = useThreadMessages(
    { threadId },
    { select: getNewestMessage },
  );
  if (!run) return true;
  // The run could not be followed to its end. `Thread.Error` reports it.
  if (!isSettled(run.status)) return phase === 'failed';
  if (!isFailedRun(run)) return false;
  // A run that failed before the thread was opened: the messages show whether it is superseded.
  const isWaitingForMessages = phase === 'detached' && isPending;
  return (
    isWaitingForMessages ||
    isSuperseded(run, storedMessage) ||
    isShownByMessage(run, writtenMessage ?? storedMessage)
  );
}

/** Returns true if the message of a run is incomplete, which shows that the run was cut off or cancelled. */
function isShownByMessage({ id, status }: Run, newestMessage: Message | undefined): boolean {
  return (
    (status === 'incomplete' || status === 'cancelled') &&
    newestMessage?.run_id === id &&
    newestMessage.status === 'incomplete'
  );
}
