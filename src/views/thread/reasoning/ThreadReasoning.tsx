'use client';
import { useContext, type ReactElement } from 'react';
import { lazyModule } from '../../../core/lazyModule.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import type { Message } from '../../../protocol/types.js';
import { ShowsReasoningContext, useThreadConversation } from '../ThreadContext.js';
import type { ThreadReasoningProps } from './ThreadReasoning.lazy.js';
import { asPart } from '../../../components/part.js';

const contentModule = lazyModule(
  'the view of reasoning',
  async () => await import('./ThreadReasoning.lazy.js'),
);

/**
 * Reasoning of the run that no message shows: until the answer begins, and before function calls. Renders nothing if the server
 * streams none, or if `showReasoning` of `Thread.Root` is false. Loads its code with the first reasoning.
 *
 * Element: details, a `Reasoning`.
 * Data attributes: `data-streaming`.
 * Context: `Thread.Root`.
 */
export function ThreadReasoning(props: ThreadReasoningProps): ReactElement | null {
  const isShown = useContext(ShowsReasoningContext);
  const { followed } = useConversationState(useThreadConversation());
  const stepId = useFollowedRun(followed, ({ reasoning }) => reasoning?.id);
  const isNeeded = isShown && stepId !== undefined;
  const { value } = useLazyModule(contentModule, isNeeded);
  return isNeeded && value ? (
    <value.ThreadReasoningContent key={stepId} stepId={stepId} {...props} />
  ) : null;
}

/** Reasoning that led to a message. Element: details, a `Reasoning`. */
export function ThreadMessageReasoning({ message }: { message: Message }): ReactElement | null {
  const stepId = message.reasoning?.step_id;
  const isNeeded = useContext(ShowsReasoningContext) && Boolean(stepId);
  const { value } = useLazyModule(contentModule, isNeeded);
  if (!isNeeded) return null;
  return value ? (
    <value.MessageReasoningContent message={message} />
  ) : (
    <div {...asPart('reasoning-placeholder')} />
  );
}
