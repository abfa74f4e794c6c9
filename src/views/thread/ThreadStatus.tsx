'use client';
import type { ReactElement } from 'react';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { useTexts } from '../../components/i18n/useTexts.js';
import type { RunStatusProps } from '../../components/run/RunStatus.js';
import { RunStatusLine, type RunStatusLineProps } from '../../components/run/RunStatusLine.js';
import { RunStatusRoot } from '../../components/run/RunStatusRoot.js';
import { isFailedRun } from '../../core/conversation/runOutcome.js';
import { lazyModule } from '../../core/lazyModule.js';
import type { FollowedRunState } from '../../core/run/FollowedRun.js';
import type { ToolCallState } from '../../protocol/ToolCall.js';
import { useConversationState } from '../../hooks/useConversationState.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useIsReconnecting } from '../../hooks/useIsReconnecting.js';
import { useLazyModule } from '../../hooks/useLazyModule.js';
import { useRunClock } from '../../hooks/useRunClock.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { useThreadConversation, useThreadToolCalls } from './ThreadContext.js';
import { useIsStatusHidden } from './useRunOutcome.js';

const runProblem = lazyModule(
  'the explanation of the run status',
  async () => (await import('./ThreadStatus.lazy.js')).ThreadRunProblem,
);

/** Props of `Thread.Status`. */
export type ThreadStatusProps = Omit<RunStatusProps, 'run'>;

/**
 * Status of the active or last run, also of a run that failed before the thread was opened. Renders nothing before the first
 * run, if newer messages supersede a failed run, or if an incomplete message shows the outcome already. Empty when the run is
 * completed, and above a message that is not sent yet. Says that the connection is lost only after a second without one. Loads
 * the explanation of failed runs with the first one.
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
  const hasFailed = isFailedRun(run);
  const defaults = {
    ...useLineProps(run),
    onCancel: () => void conversation.stop(),
    onRetry: hasFailed ? conversation.rerun : undefined,
  };
  const { onRetry, ...lineProps } = { ...defaults, ...props };
  const explanation = useExplanation(run, onRetry);
  const { activity, waitsFor, now, hasExpiry, onCancel, ...rootProps } = lineProps;
  if (!run || isHidden) return null;
  // Keeps its height: without it, the text above would move when a run ends.
  const isQuiet = run.status === 'completed' || (isSettled(run.status) && outbox.length > 0);
  if (isQuiet) return <RunStatusRoot run={run} {...rootProps} />;
  return (
    <RunStatusRoot run={run} {...rootProps}>
      {explanation ?? (
        <RunStatusLine
          run={run}
          activity={activity}
          waitsFor={waitsFor}
          now={now}
          hasExpiry={hasExpiry}
          onCancel={onCancel}
          onRetry={onRetry}
        />
      )}
    </RunStatusRoot>
  );
}

/** Returns why a run failed. Undefined for other runs, and until the code for it is loaded. */
function useExplanation(
  run: Run | undefined,
  onRetry: (() => void) | undefined,
): ReactElement | undefined {
  // The status line shows all about a cancelled run.
  const needsExplanation = isFailedRun(run) && run?.status !== 'cancelled';
  const { value: Problem, error: loadError } = useLazyModule(runProblem, needsExplanation);
  if (!run || !needsExplanation) return undefined;
  if (Problem) return <Problem run={run} onRetry={onRetry} />;
  return loadError && <ErrorNotice error={loadError} onRetry={onRetry} />;
}

/** Returns the props of the status line that depend on how the run is followed and on its function calls. */
function useLineProps(
  run: Run | undefined,
): Pick<RunStatusLineProps, 'activity' | 'waitsFor' | 'now' | 'hasExpiry'> {
  const { followed } = useConversationState(useThreadConversation());
  const isActive = run !== undefined && !isSettled(run.status);
  const now = useRunClock(isActive ? followed : undefined);
  const activity = useActivity();
  const { calls } = useThreadToolCalls();
  const pendingNames = calls.filter(({ state }) => PENDING.has(state)).map(({ name }) => name);
  return {
    now,
    activity,
    // Without calls, it defaults to the functions that the run requires.
    waitsFor: calls.length > 0 ? pendingNames : undefined,
    // The cards of the calls show the expiry.
    hasExpiry: run?.status !== 'requires_action',
  };
}

/** States of calls without a result. */
const PENDING = new Set<ToolCallState>([
  'needs-approval',
  'needs-output',
  'needs-answer',
  'running',
]);

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
