'use client';
import type { ReactElement } from 'react';
import { ErrorNotice } from '../../../components/feedback/ErrorNotice.js';
import { Loading } from '../../../components/feedback/Loading.js';
import { Reasoning, type ReasoningProps } from '../../../components/run/Reasoning.js';
import type { FollowedRunState } from '../../../core/run/FollowedRun.js';
import { isRunning } from '../../../core/run/runPhase.js';
import { useRunStep } from '../../../hooks/operations/runSteps.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import type { Message, RunStepReasoning } from '../../../protocol/types.js';
import { useThreadConversation } from '../ThreadContext.js';
import { useUnfolded } from './useUnfolded.js';

/** Props of `Thread.Reasoning`. */
export type ThreadReasoningProps = Omit<
  ReasoningProps,
  'text' | 'isStreaming' | 'durationMs' | 'isTruncated' | 'open'
>;

/** Lazily loaded content of `Thread.Reasoning`. Element: details, a `Reasoning`. */
export function ThreadReasoningContent(
  props: ThreadReasoningProps & { stepId: string },
): ReactElement | null {
  const { stepId } = props;
  const isShownElsewhere = useFollowed((state) => isShownByMessageOrStep(state, stepId));
  return isShownElsewhere ? null : <LastReasoning {...props} />;
}

/** Messages show the reasoning before them, and steps that have ended show it above their calls. */
function isShownByMessageOrStep({ messages, steps }: FollowedRunState, stepId: string): boolean {
  return (
    messages.some(({ reasoning }) => reasoning?.step_id === stepId) ||
    steps.some(({ id, status }) => id === stepId && status !== 'in_progress')
  );
}

/** A component of its own, because `useUnfolded` has to know when it leaves the page. */
function LastReasoning({
  stepId,
  ...props
}: ThreadReasoningProps & { stepId: string }): ReactElement {
  const live = useLiveReasoning(stepId);
  const unfolded = useUnfolded(stepId);
  return <Reasoning {...toProps(live)} {...unfolded.props} {...props} />;
}

/** Lazily loaded reasoning of a message. The text of a run that the page does not follow is requested when it is unfolded. */
export function MessageReasoningContent({ message }: { message: Message }): ReactElement {
  const stepId = message.reasoning?.step_id ?? '';
  const live = useLiveReasoning(stepId);
  const { isUnfolded, props } = useUnfolded(stepId);
  const { data, error, isLoading, refetch } = useRunStep(
    { threadId: message.thread_id, runId: message.run_id, stepId },
    { enabled: isUnfolded && !live.reasoning },
  );
  const reasoning = live.reasoning ?? data?.reasoning;
  return (
    <Reasoning
      {...toProps({ reasoning, isStreaming: live.isStreaming })}
      durationMs={reasoning ? reasoning.duration_ms : message.reasoning?.duration_ms}
      {...props}
    >
      {isLoading && <Loading />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
    </Reasoning>
  );
}

interface LiveReasoning {
  reasoning: RunStepReasoning | undefined;
  isStreaming: boolean;
}

/** Returns the reasoning that led to a step of the followed run. Undefined for other runs. */
function useLiveReasoning(stepId: string): LiveReasoning {
  const reasoning = useFollowed((state) => findReasoning(state, stepId));
  const isActive = useFollowed(isRunning);
  return { reasoning, isStreaming: isActive && reasoning?.duration_ms === null };
}

/** Returns the longer one of the streamed and the polled text. */
function findReasoning(
  { reasoning: streamed, steps }: FollowedRunState,
  stepId: string,
): RunStepReasoning | undefined {
  const stored = steps.find(({ id }) => id === stepId)?.reasoning;
  if (streamed?.id !== stepId) return stored;
  return stored && stored.text.length > streamed.text.length ? stored : streamed;
}

function useFollowed<T>(select: (state: FollowedRunState) => T): T {
  const { followed } = useConversationState(useThreadConversation());
  return useFollowedRun(followed, select);
}

function toProps({ reasoning, isStreaming }: LiveReasoning) {
  return {
    text: reasoning?.text,
    durationMs: reasoning?.duration_ms,
    isTruncated: reasoning?.truncated === true,
    isStreaming,
  };
}
