'use client';
import type { ReactElement } from 'react';
import { RunSteps, type RunStepsProps } from '../../components/run/RunSteps.js';
import { useConversationState } from '../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { RenderedCall } from './RenderedCall.js';
import { useThreadConversation, useThreadToolCalls } from './ThreadContext.js';

/** The steps of the run, once it has called a tool; calls that are over by the tool's own `render`. Element: details, a `RunSteps`. */
export function ThreadSteps(props: Omit<RunStepsProps, 'steps'>): ReactElement | null {
  const conversation = useThreadConversation();
  const toolCalls = useThreadToolCalls();
  const { followed } = useConversationState(conversation);
  const steps = useFollowedRun(followed, (state) => state.steps);
  return steps.some((step) => step.type !== 'message_creation') ? (
    <RunSteps
      steps={steps}
      renderCall={({ id }, details) => {
        const call = toolCalls.calls.find((one) => one.id === id);
        const isOver = call?.state === 'submitted' || call?.state === 'expired';
        return isOver && call.tool?.render ? <RenderedCall call={call} toolCalls={toolCalls} own={details} /> : details;
      }}
      {...props}
    />
  ) : null;
}
