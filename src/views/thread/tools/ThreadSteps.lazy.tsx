'use client';
import type { ReactElement } from 'react';
import { RunSteps, type RunStepsProps } from '../../../components/run/RunSteps.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { useThreadConversation, useThreadToolCalls } from '../ThreadContext.js';
import { findRenderingTool } from './findRenderingTool.js';
import { useToolDisplays } from './useToolDisplays.js';
import { RenderedCall } from './RenderedCall.js';

/** Props of `Thread.Steps`. */
export type ThreadStepsProps = Omit<RunStepsProps, 'steps'>;

/** Lazily loaded content of `Thread.Steps`. Element: details, a `RunSteps`. */
export function ThreadStepsContent(props: ThreadStepsProps): ReactElement {
  const conversation = useThreadConversation();
  const toolCalls = useThreadToolCalls();
  const { followed } = useConversationState(conversation);
  const steps = useFollowedRun(followed, (state) => state.steps);
  return (
    <RunSteps
      steps={steps}
      tools={useToolDisplays()}
      renderCall={({ id }, details) => {
        const call = toolCalls.calls.find((known) => known.id === id);
        // `Thread.ToolOutputs` renders the other calls.
        const isClosed = call?.state === 'submitted' || call?.state === 'expired';
        const tool = isClosed ? findRenderingTool(toolCalls.tools, call.name) : undefined;
        return call && tool ? (
          <RenderedCall call={call} tool={tool} actions={toolCalls}>
            {details}
          </RenderedCall>
        ) : (
          details
        );
      }}
      {...props}
    />
  );
}
