'use client';
import { useId, type ReactElement } from 'react';
import { ToolOutputs, type ToolOutputsProps } from '../../../components/tools/ToolOutputs.js';
import { useConversationState } from '../../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import { useRunClock } from '../../../hooks/useRunClock.js';
import { useThreadConversation, useThreadToolCalls } from '../ThreadContext.js';
import { RenderedCall } from './RenderedCall.js';
import { useFocusPendingCall } from '../useFocusPendingCall.js';

/** Props of `Thread.ToolOutputs`. */
export type ThreadToolOutputsProps = Omit<ToolOutputsProps, 'toolCalls' | 'expiresAt'>;

/** What `Thread.ToolOutputs` shows once there is a call. Element: section, a `ToolOutputs`. */
export function ShownToolOutputs(props: ThreadToolOutputsProps): ReactElement {
  const conversation = useThreadConversation();
  const toolCalls = useThreadToolCalls();
  const { followed } = useConversationState(conversation);
  const expiresAt = useFollowedRun(followed, ({ run }) => run?.expires_at);
  const now = useRunClock(toolCalls.total > 0 ? followed : undefined);
  const ownId = useId();
  const id = props.id ?? ownId;
  const { calls, total, ready, isSubmitting } = toolCalls;
  const first = calls.find(({ state }) => state.startsWith('needs-'));
  const isReady = total > 0 && ready === total && !isSubmitting;
  useFocusPendingCall(id, first ? `${first.id} ${first.state}` : isReady ? 'submit' : undefined);
  return (
    <ToolOutputs
      toolCalls={toolCalls}
      expiresAt={expiresAt}
      now={now}
      renderCall={({ id: callId }, card) => {
        const call = calls.find((one) => one.id === callId);
        return call?.tool?.render ? (
          <RenderedCall call={call} toolCalls={toolCalls} own={card} />
        ) : (
          card
        );
      }}
      {...props}
      id={id}
    />
  );
}
