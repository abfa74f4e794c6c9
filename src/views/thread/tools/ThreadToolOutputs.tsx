'use client';
import type { ReactElement } from 'react';
import { lazyModule } from '../../../core/lazyModule.js';
import { toolCallsModule } from '../../../core/tools/toolCallsModule.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { useThreadConversation, useThreadToolCalls } from '../ThreadContext.js';
import { canCallFunctions } from './canCallTools.js';
import type { ThreadToolOutputsProps } from './ThreadToolOutputs.lazy.js';
import { ThreadErrorNotice } from '../ThreadErrorNotice.js';

const contentModule = lazyModule(
  'the tool call view',
  async () => (await import('./ThreadToolOutputs.lazy.js')).ThreadToolOutputsContent,
);

/**
 * Function calls of the run that are not submitted yet, each rendered by its tool or as a card. Renders nothing without
 * calls. Moves the focus from an empty composer to a call that waits for the user, and back. Loads its code when a run starts
 * that may call functions. Source: submitToolOutputsToRun.
 *
 * Element: section, a `ToolOutputs`.
 * Data attributes: `data-ready`, `data-total`, `data-expired`.
 * Context: `Thread.Root`.
 */
export function ThreadToolOutputs(props: ThreadToolOutputsProps): ReactElement | null {
  const { followed } = useConversationState(useThreadConversation());
  const { calls, notice, unknownAction, error } = useThreadToolCalls();
  const hasContent = calls.length > 0 || notice !== undefined || unknownAction !== undefined;
  const mayCall = useFollowedRun(followed, canCallFunctions);
  const { value: Content, error: loadError } = useLazyModule(contentModule, hasContent || mayCall);
  if (hasContent && Content) return <Content {...props} />;
  // Without calls, the error is that of loading the code that handles them.
  const shownError = hasContent ? loadError : error;
  if (!shownError) return null;
  const retry = (): void => {
    void Promise.all([toolCallsModule.load(), contentModule.load()]);
  };
  return <ThreadErrorNotice error={shownError} onRetry={retry} />;
}
