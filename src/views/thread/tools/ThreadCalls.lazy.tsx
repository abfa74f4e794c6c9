'use client';
import { useState, type ReactElement } from 'react';
import { RunCalls } from '../../../components/run/RunCalls.js';
import type { FollowedRunState } from '../../../core/run/FollowedRun.js';
import { useRunSteps } from '../../../hooks/operations/runSteps.js';
import { useConversationState } from '../../../hooks/useConversationState.js';
import { useFollowedRun } from '../../../hooks/useFollowedRun.js';
import type { Message, RunStep, RunStepToolCall } from '../../../protocol/types.js';
import {
  useThreadConversation,
  useThreadNavigationStore,
  useThreadToolCalls,
} from '../ThreadContext.js';
import { findRenderingTool } from './findRenderingTool.js';
import { getCallsAtEnd, getCallsBefore, isLastMessage } from './getCallsBefore.js';
import { AllowedNote } from './AllowedNote.js';
import { EarlierOutcome } from './EarlierOutcome.js';
import { useToolDisplays } from './useToolDisplays.js';
import { RenderedCall } from './RenderedCall.js';
import { toClosedCall } from './toClosedCall.js';

const NO_STEPS: readonly RunStep[] = [];
/** Maximum number of steps that are loaded for a run. The limit of the API. */
const MAX_STEPS = 100;

/** Props of `ThreadCalls`. */
export interface ThreadCallsProps {
  /** Message above which the calls are shown. @default none: the calls after the last message of the followed run */
  message?: Message | undefined;
  /** For a message without an answer, the time of the next one, in Unix seconds. Then the outcome of its run is shown. */
  unansweredUntil?: number | undefined;
}

/** Lazily loaded content of `ThreadCalls`. Element: ol, a `RunCalls`, or p, an `EarlierOutcome`. */
export function ThreadCallsContent({
  message,
  unansweredUntil,
}: ThreadCallsProps): ReactElement | null {
  if (!message) return <CallsAtEnd />;
  if (unansweredUntil === undefined) return <MessageCalls message={message} />;
  return <EarlierOutcome message={message} until={unansweredUntil} />;
}

/** Calls before a message. After the last message of an earlier run, also those that no message followed. */
function MessageCalls({ message }: { message: Message }): ReactElement | null {
  const { list } = useThreadNavigationStore();
  const { steps, isFollowed } = useStepsOfRun(message.run_id ?? undefined);
  const rows = list.getState()?.rows ?? [];
  const isFirst =
    rows.find((row) => row.message.run_id === message.run_id)?.message.id === message.id;
  const calls = getCallsBefore(steps, message.id, isFirst);
  const isLast = !isFollowed && isLastMessage(steps, message.id);
  return <Calls steps={isLast ? [...calls, ...getCallsAtEnd(steps)] : calls} />;
}

/** Calls of the followed run after its last message. */
function CallsAtEnd(): ReactElement | null {
  const { followed } = useConversationState(useThreadConversation());
  const steps = useFollowedRun(followed, (state) => state.steps);
  return <Calls steps={getCallsAtEnd(steps)} />;
}

/** Returns the steps of a run, oldest first: of the followed run from its state, of an earlier run from the server. */
function useStepsOfRun(runId: string | undefined): {
  steps: readonly RunStep[];
  isFollowed: boolean;
} {
  const { threadId, followed } = useConversationState(useThreadConversation());
  const followedSteps = useFollowedRun(followed, (state) => getStepsOf(state, runId));
  const [known, setKnown] = useState(followedSteps);
  if (followedSteps !== undefined && followedSteps !== known) setKnown(followedSteps);
  const { data } = useRunSteps(
    { threadId, runId, query: { order: 'asc', limit: MAX_STEPS } },
    // The steps of a run that has ended do not change.
    { enabled: known === undefined, staleTime: Infinity },
  );
  return {
    steps: followedSteps ?? known ?? data ?? NO_STEPS,
    isFollowed: followedSteps !== undefined,
  };
}

function getStepsOf({ run, steps, phase }: FollowedRunState, runId: string | undefined) {
  // A run that had ended before the thread was opened has no steps yet.
  const isKnown = run?.id === runId && (phase !== 'detached' || steps.length > 0);
  return isKnown ? steps : undefined;
}

/** Calls that do not wait. `Thread.ToolOutputs` shows the others. */
function Calls({ steps }: { steps: readonly RunStep[] }): ReactElement | null {
  const toolCalls = useThreadToolCalls();
  const findCall = (id: string) => toolCalls.calls.find((call) => call.id === id);
  const isOpen = ({ id }: RunStepToolCall): boolean => {
    const state = findCall(id)?.state;
    return state !== undefined && state !== 'submitted' && state !== 'expired';
  };
  const closed = steps.flatMap((step): RunStep[] => {
    const { step_details: details } = step;
    if (details?.type !== 'tool_calls') return [];
    const calls = details.tool_calls.filter((call) => !isOpen(call));
    if (calls.length === details.tool_calls.length) return [step];
    return calls.length === 0 ? [] : [{ ...step, step_details: { ...details, tool_calls: calls } }];
  });
  const assistantId = steps[0]?.assistant_id;
  return (
    <RunCalls
      steps={closed}
      tools={useToolDisplays()}
      renderCall={(stepCall, defaultDetails) => {
        const details = (
          <>
            {defaultDetails}
            <AllowedNote call={stepCall} assistantId={assistantId} />
          </>
        );
        const call = findCall(stepCall.id) ?? toClosedCall(stepCall);
        const tool = call && findRenderingTool(toolCalls.tools, call.name);
        return call && tool ? (
          <RenderedCall call={call} tool={tool} actions={toolCalls}>
            {details}
          </RenderedCall>
        ) : (
          details
        );
      }}
    />
  );
}
