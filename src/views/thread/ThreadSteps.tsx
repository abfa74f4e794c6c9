'use client';
import type { ReactElement } from 'react';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { onDemand, useOnDemand } from '../../hooks/onDemand.js';
import { useConversationState } from '../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import { hasCalledTools, mayCallTools } from './mayCallTools.js';
import type { ThreadStepsProps } from './ShownSteps.js';
import { useThreadConversation } from './ThreadContext.js';

const shown = onDemand('What shows the steps', async () => (await import('./ShownSteps.js')).ShownSteps);

/**
 * The steps of the run, once it has called a tool; calls that are over by the tool's own `render`. What shows them is fetched
 * when a run begins that may call. Element: details, a `RunSteps`.
 */
export function ThreadSteps(props: ThreadStepsProps): ReactElement | null {
  const { followed } = useConversationState(useThreadConversation());
  const isNeeded = useFollowedRun(followed, hasCalledTools);
  const { value: Shown, error } = useOnDemand(shown, useFollowedRun(followed, mayCallTools));
  if (!isNeeded) return null;
  if (Shown) return <Shown {...props} />;
  return error ? <ErrorNotice error={error} onRetry={() => void shown.fetch()} /> : null;
}
