'use client';
import type { ReactElement } from 'react';
import { RunStatus, type RunStatusProps } from '../../components/run/RunStatus.js';
import { useConversationState } from '../../hooks/useConversation.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useThreadConversation } from './ThreadContext.js';

/** What the run of the thread is doing, and how it ended. Nothing before the first run. Element: div, a `RunStatus`. */
export function ThreadStatus(props: Omit<RunStatusProps, 'run'>): ReactElement | null {
  const conversation = useThreadConversation();
  const { followed } = useConversationState(conversation);
  const run = useFollowedRun(followed, (state) => state.run);
  if (!run) return null;
  const endedBadly = run.status === 'failed' || run.status === 'expired';
  return (
    <RunStatus run={run} onCancel={() => void conversation.stop()} {...(endedBadly && { onRetry: conversation.rerun })} {...props} />
  );
}
