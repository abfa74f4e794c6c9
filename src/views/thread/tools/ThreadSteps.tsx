'use client';
import type { ReactElement } from 'react';
import { ErrorNotice } from '../../../components/feedback/ErrorNotice.js';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { useConversationState } from '../../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { hasCalledTools, canCallTools } from './canCallTools.js';
import type { ThreadStepsProps } from './ThreadSteps.lazy.js';
import { useThreadConversation } from '../ThreadContext.js';

const shown = lazyModule(
  'the run step view',
  async () => (await import('./ThreadSteps.lazy.js')).ShownSteps,
);

/**
 * The steps of the run, once it has called a tool; calls that are over by the tool's own `render`. What shows them is fetched
 * when a run begins that may call. Element: details, a `RunSteps`.
 */
export function ThreadSteps(props: ThreadStepsProps): ReactElement | null {
  const { followed } = useConversationState(useThreadConversation());
  const isNeeded = useFollowedRun(followed, hasCalledTools);
  const { value: Shown, error } = useLazyModule(shown, useFollowedRun(followed, canCallTools));
  if (!isNeeded) return null;
  if (Shown) return <Shown {...props} />;
  return error ? <ErrorNotice error={error} onRetry={() => void shown.load()} /> : null;
}
