'use client';
import { useState, type ReactElement } from 'react';
import { mergeProps } from '../../../components/part.js';
import { ToolOutputs, type ToolOutputsProps } from '../../../components/tools/ToolOutputs.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { useRunClock } from '../../../hooks/useRunClock.js';
import type { ToolCalls } from '../../../protocol/ToolCall.js';
import { stopConversation } from '../stopConversation.js';
import { useThreadConversation, useThreadToolCalls } from '../ThreadContext.js';
import { useFocusPendingCall } from '../useFocusPendingCall.js';
import { findRenderingTool } from './findRenderingTool.js';
import { useToolDisplays } from './useToolDisplays.js';
import { RenderedCall } from './RenderedCall.js';

/** Props of `Thread.ToolOutputs`. */
export type ThreadToolOutputsProps = Omit<ToolOutputsProps, 'toolCalls' | 'expiresAt'>;

/** Lazily loaded content of `Thread.ToolOutputs`. Element: section, a `ToolOutputs`. */
export function ThreadToolOutputsContent(props: ThreadToolOutputsProps): ReactElement {
  const conversation = useThreadConversation();
  const toolCalls = useThreadToolCalls();
  const { followed } = useConversationState(conversation);
  const expiresAt = useFollowedRun(followed, ({ run }) => run?.expires_at);
  const now = useRunClock(toolCalls.total > 0 ? followed : undefined);
  const [list, setList] = useState<HTMLElement | null>(null);
  useFocusPendingCall(list, getFocusKey(toolCalls));
  return (
    <ToolOutputs
      toolCalls={toolCalls}
      tools={useToolDisplays()}
      expiresAt={expiresAt}
      now={now}
      onStop={() => stopConversation(conversation)}
      renderCall={(call, card) => {
        const tool = findRenderingTool(toolCalls.tools, call.name);
        return tool ? (
          <RenderedCall call={call} tool={tool} actions={toolCalls}>
            {card}
          </RenderedCall>
        ) : (
          card
        );
      }}
      {...mergeProps({ ref: setList }, props)}
    />
  );
}

/**
 * Returns a key for the element that waits for the user: the first such call, or the submit button. The focus moves
 * when it changes.
 */
function getFocusKey({ calls, total, ready, isSubmitting }: ToolCalls): string | undefined {
  const waiting = calls.find(({ state }) => state.startsWith('needs-'));
  if (waiting) return `${waiting.id} ${waiting.state}`;
  return total > 0 && ready === total && !isSubmitting ? 'submit' : undefined;
}
