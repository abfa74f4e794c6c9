'use client';
import { useContext, type ReactElement, type ReactNode } from 'react';
import { useTexts } from '../../components/i18n/useTexts.js';
import { isExpiringSoon } from '../../components/run/isExpiringSoon.js';
import type { RunStatusProps } from '../../components/run/RunStatus.js';
import { RunStatusLine } from '../../components/run/RunStatusLine.js';
import { RunStatusRoot } from '../../components/run/RunStatusRoot.js';
import { isFailedRun } from '../../core/conversation/runOutcome.js';
import { lazyModule } from '../../core/lazyModule.js';
import type { FollowedRunState } from '../../core/run/FollowedRun.js';
import { useConversationState } from '../../hooks/useConversationState.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useIsReconnecting } from '../../hooks/useIsReconnecting.js';
import { useLazyModule } from '../../hooks/useLazyModule.js';
import { useRunClock } from '../../hooks/useRunClock.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { stopConversation } from './stopConversation.js';
import { HasAssistantContext, useThreadConversation } from './ThreadContext.js';
import { useIsStatusHidden } from './useRunOutcome.js';
import { ThreadErrorNotice } from './ThreadErrorNotice.js';

const detailsModule = lazyModule(
  'the details of the run status',
  async () => (await import('./ThreadStatus.lazy.js')).statusParts,
);

/** Props of `Thread.Status`. */
export type ThreadStatusProps = Omit<RunStatusProps, 'run'>;

/**
 * Status of the active or last run, also of a run that failed before the thread was opened. Renders nothing before the first
 * run, if newer messages supersede a failed run, or if an incomplete message shows the outcome already. Empty when the run is
 * completed, and above a message that is not sent yet. Says that the connection is lost only after a second without one. Loads
 * the details, such as why a run failed, with the first run that has some.
 *
 * Element: div, a `RunStatus`.
 * Data attributes: `data-status`, `data-settled`.
 * Context: `Thread.Root`.
 */
export function ThreadStatus(props: ThreadStatusProps): ReactElement | null {
  const conversation = useThreadConversation();
  const { followed, outbox } = useConversationState(conversation);
  const run = useFollowedRun(followed, (state) => state.run);
  const isHidden = useIsStatusHidden(run);
  const canRetry = useContext(HasAssistantContext) && isFailedRun(run);
  const defaults = {
    ...useLineProps(run),
    onCancel: () => stopConversation(conversation),
    onRetry: canRetry ? conversation.rerun : undefined,
  };
  const { activity, waitsFor, now, hasExpiry, onCancel, onRetry, ...rootProps } = {
    ...defaults,
    ...props,
  };
  if (!run || isHidden) return null;
  // Keeps its height: without it, the text above would move when a run ends.
  const isQuiet = run.status === 'completed' || (isSettled(run.status) && outbox.length > 0);
  if (isQuiet) return <RunStatusRoot run={run} {...rootProps} />;
  const content = { run, activity, waitsFor, now, hasExpiry, onCancel, onRetry };
  return (
    <RunStatusRoot run={run} {...rootProps}>
      <StatusContent {...content} />
    </RunStatusRoot>
  );
}

/** Status line, or why the run failed. */
function StatusContent({
  run,
  activity,
  waitsFor,
  now,
  hasExpiry,
  onCancel,
  onRetry,
}: RunStatusProps): ReactNode {
  const { value: details, error: loadError } = useLazyModule(detailsModule, hasDetails(run, now));
  const label = details && <details.ThreadRunLabel run={run} waitsFor={waitsFor} />;
  const line = (
    <RunStatusLine run={run} activity={activity ?? label} now={now} onCancel={onCancel}>
      {details && (
        <details.RunStatusDetails run={run} now={now} hasExpiry={hasExpiry} onRetry={onRetry} />
      )}
    </RunStatusLine>
  );
  const problem = details ? (
    <details.RunProblem run={run} onRetry={onRetry} />
  ) : (
    loadError && <ThreadErrorNotice error={loadError} onRetry={onRetry} />
  );
  // The status line shows all about a cancelled run.
  const needsProblem = isFailedRun(run) && run.status !== 'cancelled';
  return (needsProblem && problem) || line;
}

/** Returns true for runs whose status line says more than the label and the time, and for those that may need it at once. */
function hasDetails(run: Run, now: number | undefined): boolean {
  const isPlain = run.status === 'queued' || run.status === 'in_progress';
  return (
    run.status !== 'completed' &&
    (!isPlain || isExpiringSoon(run, now) || (run.tools ?? []).some(isFunction))
  );
}

function isFunction({ type }: Run['tools'][number]): boolean {
  return type === 'function';
}

/** Returns the props of the status line that depend on how the run is followed. */
function useLineProps(
  run: Run | undefined,
): Pick<ThreadStatusProps, 'activity' | 'now' | 'hasExpiry'> {
  const { followed } = useConversationState(useThreadConversation());
  const isActive = run !== undefined && !isSettled(run.status);
  const now = useRunClock(isActive ? followed : undefined);
  const activity = useActivity();
  return {
    now,
    activity,
    // The cards of the calls show the expiry.
    hasExpiry: run?.status !== 'requires_action',
  };
}

/** Returns the activity that replaces the label of the status. */
function useActivity(): string | undefined {
  const texts = useTexts();
  const { followed } = useConversationState(useThreadConversation());
  const isReconnecting = useIsReconnecting(followed);
  const isWriting = useFollowedRun(followed, isWritingText);
  if (isReconnecting) return texts.run.reconnecting;
  return isWriting ? texts.run.writing : undefined;
}

function isWritingText({ run, messages }: FollowedRunState): boolean {
  const message = messages.at(-1);
  return (
    run?.status === 'in_progress' && message?.status === 'in_progress' && message.content.length > 0
  );
}
