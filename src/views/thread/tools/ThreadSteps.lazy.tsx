'use client';
import type { ReactElement } from 'react';
import { RunSteps, type RunStepsProps } from '../../../components/run/RunSteps.js';
import { useConversationState } from '../../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { RenderedCall } from './RenderedCall.js';
import { useThreadConversation, useThreadToolCalls } from '../ThreadContext.js';

/** Props of `Thread.Steps`. */
export type ThreadStepsProps = Omit<RunStepsProps, 'steps'>;

/** What `Thread.Steps` shows once a tool was called. Element: details, a `RunSteps`. */
export function ShownSteps(props: ThreadStepsProps): ReactElement {
  const conversation = useThreadConversation();
  const toolCalls = useThreadToolCalls();
  const { followed } = useConversationState(conversation);
  const steps = useFollowedRun(followed, (state) => state.steps);
  return (
    <RunSteps
      steps={steps}
      renderCall={({ id }, details) => {
        const call = toolCalls.calls.find((one) => one.id === id);
        const isOver = call?.state === 'submitted' || call?.state === 'expired';
        return isOver && call.tool?.render ? (
          <RenderedCall call={call} toolCalls={toolCalls} own={details} />
        ) : (
          details
        );
      }}
      {...props}
    />
  );
}
