'use client';
import type { ReactElement } from 'react';
import { ErrorNotice } from '../../../components/feedback/ErrorNotice.js';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { toolEngines } from '../../../core/tools/toolEngines.js';
import { useConversationState } from '../../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { canCallFunctions } from './canCallTools.js';
import type { ThreadToolOutputsProps } from './ThreadToolOutputs.lazy.js';
import { useThreadConversation, useThreadToolCalls } from '../ThreadContext.js';

const shown = lazyModule(
  'the tool call view',
  async () => (await import('./ThreadToolOutputs.lazy.js')).ShownToolOutputs,
);

/**
 * The function calls of the run that are not over, each in its state, by the tool's own `render` where it has one. Nothing
 * while there is none; what shows them is fetched when a run begins that may call. Takes the focus from an empty composer, and
 * gives it back. Element: section, a `ToolOutputs`. Source: submitToolOutputsToRun.
 */
export function ThreadToolOutputs(props: ThreadToolOutputsProps): ReactElement | null {
  const { followed } = useConversationState(useThreadConversation());
  const { calls, notice, error } = useThreadToolCalls();
  const isNeeded = calls.length > 0 || notice !== undefined;
  const mayCall = useFollowedRun(followed, canCallFunctions);
  const { value: Shown, error: fetchError } = useLazyModule(shown, isNeeded || mayCall);
  if (isNeeded && Shown) return <Shown {...props} />;
  // Without calls it is what runs them that could not be fetched.
  const problem = isNeeded ? fetchError : error;
  if (!problem) return null;
  const retry = () => void Promise.all([toolEngines.load(), shown.load()]);
  return <ErrorNotice error={problem} onRetry={retry} />;
}
