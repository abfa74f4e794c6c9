'use client';
import type { ReactElement } from 'react';
import { RunSteps, type RunStepsProps } from '../../components/run/RunSteps.js';
import { useConversationState } from '../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { useThreadConversation } from './ThreadContext.js';

/** The steps of the run, once it has called a tool. Element: details, a `RunSteps`. */
export function ThreadSteps(props: Omit<RunStepsProps, 'steps'>): ReactElement | null {
  const conversation = useThreadConversation();
  const { followed } = useConversationState(conversation);
  const steps = useFollowedRun(followed, (state) => state.steps);
  return steps.some((step) => step.type !== 'message_creation') ? <RunSteps steps={steps} {...props} /> : null;
}
