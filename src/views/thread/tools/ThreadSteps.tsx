'use client';
import type { ReactElement } from 'react';
import { lazyModule } from '../../../core/lazyModule.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { useThreadConversation } from '../ThreadContext.js';
import { canCallTools, hasCalledTools } from './canCallTools.js';
import type { ThreadStepsProps } from './ThreadSteps.lazy.js';
import { ThreadErrorNotice } from '../ThreadErrorNotice.js';

const contentModule = lazyModule(
  'the run step view',
  async () => (await import('./ThreadSteps.lazy.js')).ThreadStepsContent,
);

/**
 * Steps of the run. Renders nothing until the run has called a tool. Submitted calls are rendered by their tools. Loads its
 * code when a run starts that may call tools.
 *
 * Element: details, a `RunSteps`.
 * Context: `Thread.Root`.
 */
export function ThreadSteps(props: ThreadStepsProps): ReactElement | null {
  const { followed } = useConversationState(useThreadConversation());
  const hasContent = useFollowedRun(followed, hasCalledTools);
  const mayCall = useFollowedRun(followed, canCallTools);
  const { value: Content, error } = useLazyModule(contentModule, mayCall);
  if (!hasContent) return null;
  if (Content) return <Content {...props} />;
  return error ? (
    <ThreadErrorNotice error={error} onRetry={() => void contentModule.load()} />
  ) : null;
}
