'use client';
import type { ReactElement } from 'react';
import { useFormat, useTexts } from '../../components/i18n/TextsContext.js';
import { RunStatus, type RunStatusProps } from '../../components/run/RunStatus.js';
import { useConversationState } from '../../hooks/useConversationStore.js';
import type { ToolCallState } from '../../hooks/tools/toolCall.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useRunClock } from '../../hooks/useRunClock.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { FollowedRunState } from '../../stream/followRun.js';
import { useThreadConversation, useThreadToolCalls } from './ThreadContext.js';

/**
 * What the run of the thread is doing, and how it ended. Nothing before the first run, and where a message that was cut short
 * says it already. Element: div, a `RunStatus`.
 */
export function ThreadStatus(props: Omit<RunStatusProps, 'run'>): ReactElement | null {
  const conversation = useThreadConversation();
  const { followed } = useConversationState(conversation);
  const run = useFollowedRun(followed, (state) => state.run);
  const isSaid = useFollowedRun(followed, isSaidByMessage);
  const isWriting = useFollowedRun(followed, writesText);
  const isLost = useFollowedRun(followed, ({ phase, error }) => phase === 'polling' && error?.retryable === true);
  const isActive = run !== undefined && !isSettled(run.status);
  const now = useRunClock(isActive ? followed : undefined);
  const texts = useTexts();
  const format = useFormat();
  const missing = useThreadToolCalls().calls.filter(({ state }) => MISSING.has(state));
  // What has its result already is not what is waited for.
  const waitsFor = missing.length > 0 ? texts.run.waitingFor(format.list([...new Set(missing.map(({ name }) => name))])) : undefined;
  if (!run || isSaid) return null;
  const endedBadly = run.status === 'failed' || run.status === 'expired';
  return (
    <RunStatus
      run={run}
      now={now}
      activity={isLost ? texts.run.reconnecting : isWriting ? texts.steps.writesMessage : run.status === 'requires_action' ? waitsFor : undefined}
      // The cards of the calls count it down already.
      hasExpiry={run.status !== 'requires_action'}
      onCancel={() => void conversation.stop()}
      {...(endedBadly && { onRetry: conversation.rerun })}
      {...props}
    />
  );
}

const MISSING = new Set<ToolCallState>(['needs-approval', 'needs-output', 'needs-answer', 'running']);

function isSaidByMessage({ run, messages }: FollowedRunState): boolean {
  return (run?.status === 'incomplete' || run?.status === 'cancelled') && messages.at(-1)?.status === 'incomplete';
}

function writesText({ run, messages }: FollowedRunState): boolean {
  const message = messages.at(-1);
  return run?.status === 'in_progress' && message?.status === 'in_progress' && message.content.length > 0;
}
