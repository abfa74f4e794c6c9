'use client';
import type { ReactElement } from 'react';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { useConversationTexts } from '../../components/i18n/TextsContext.js';
import type { RunStatusProps } from '../../components/run/RunStatus.js';
import { RunStatusFrame } from '../../components/run/RunStatusFrame.js';
import { isFailedRun, isSuperseded } from '../../core/conversation/runOutcome.js';
import { useThreadMessages } from '../../hooks/operations/messages.js';
import { lazyModule } from '../../core/lazyModule.js';
import { useLazyModule } from '../../hooks/useLazyModule.js';
import { useConversationState } from '../../hooks/useConversationStore.js';
import type { ToolCallState } from '../../core/tools/toolCall.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useRunClock } from '../../hooks/useRunClock.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Message, Run } from '../../protocol/types.js';
import type { ListData } from '../../queries/cache/pages.js';
import type { FollowedRunState } from '../../core/run/followRun.js';
import { useThreadConversation, useThreadToolCalls } from './ThreadContext.js';

const runProblem = lazyModule(
  'What explains how the answer ended',
  async () => (await import('../../components/run/RunProblem.js')).RunProblem,
);

/**
 * What the run of the thread is doing, and how it ended, also where it had ended badly before the thread was opened. Nothing
 * before the first run, and where a message that was cut short, or came after, says it already. What explains a bad end is
 * fetched with the first. Element: div, a `RunStatus`.
 */
export function ThreadStatus(props: Omit<RunStatusProps, 'run'>): ReactElement | null {
  const conversation = useThreadConversation();
  const { threadId, followed } = useConversationState(conversation);
  const run = useFollowedRun(followed, (state) => state.run);
  const written = useFollowedRun(followed, (state) => state.messages.at(-1));
  const isDetached = useFollowedRun(followed, ({ phase }) => phase === 'detached');
  const isUnknown = useFollowedRun(followed, ({ phase }) => phase === 'failed');
  const { data: stored, isPending } = useThreadMessages({ threadId }, { select: newestOf });
  const isWriting = useFollowedRun(followed, writesText);
  const isLost = useFollowedRun(
    followed,
    ({ phase, error }) => phase === 'polling' && error?.retryable === true,
  );
  const isActive = run !== undefined && !isSettled(run.status);
  const now = useRunClock(isActive ? followed : undefined);
  const texts = useConversationTexts();
  const { calls } = useThreadToolCalls();
  const isOverBadly = isFailedRun(run);
  const needsWords = isOverBadly && run?.status !== 'cancelled';
  const { value: RunProblem, error } = useLazyModule(runProblem, needsWords);
  // What became of a run that could not be followed to its end nobody knows; `Thread.Error` says so.
  if (!run || (isActive && isUnknown)) return null;
  // What had ended when the thread was opened waits for the messages, which tell whether it still matters.
  if (
    isOverBadly &&
    ((isDetached && isPending) || isSuperseded(run, stored) || isSaidBy(run, written ?? stored))
  )
    return null;
  const { onRetry } = { onRetry: isOverBadly ? conversation.rerun : undefined, ...props };
  const unexplained = error && <ErrorNotice error={error} onRetry={onRetry} />;
  return (
    <RunStatusFrame
      run={run}
      now={now}
      activity={isLost ? texts.run.reconnecting : isWriting ? texts.run.writing : undefined}
      // What has its result already is not what is waited for.
      waitsFor={
        calls.length > 0
          ? calls.filter(({ state }) => MISSING.has(state)).map(({ name }) => name)
          : undefined
      }
      // The cards of the calls count it down already.
      hasExpiry={run.status !== 'requires_action'}
      onCancel={() => void conversation.stop()}
      {...props}
      onRetry={onRetry}
      problem={
        needsWords && (RunProblem ? <RunProblem run={run} onRetry={onRetry} /> : unexplained)
      }
    />
  );
}

const MISSING = new Set<ToolCallState>([
  'needs-approval',
  'needs-output',
  'needs-answer',
  'running',
]);

/** Whether the message that a run was writing tells how it ended. */
function isSaidBy({ id, status }: Run, newest: Message | undefined): boolean {
  return (
    (status === 'incomplete' || status === 'cancelled') &&
    newest?.run_id === id &&
    newest.status === 'incomplete'
  );
}

function newestOf({ pages }: ListData<Message>): Message | undefined {
  return pages[0]?.data[0];
}

function writesText({ run, messages }: FollowedRunState): boolean {
  const message = messages.at(-1);
  return (
    run?.status === 'in_progress' && message?.status === 'in_progress' && message.content.length > 0
  );
}
