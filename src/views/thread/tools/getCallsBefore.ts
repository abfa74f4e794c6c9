import { isReasoningOnly } from '../../../components/run/isReasoningOnly.js';
import type { RunStep } from '../../../protocol/types.js';

/** Returns the steps with tool calls between a message and the message before it. Without ids of messages, all of them. */
export function getCallsBefore(
  steps: readonly RunStep[],
  messageId: string,
  isFirstOfRun: boolean,
): RunStep[] {
  const index = steps.findIndex((step) => getMessageId(step) === messageId);
  // Some servers report no steps for messages.
  if (index === -1) return isFirstOfRun && !steps.some(getMessageId) ? steps.filter(hasCalls) : [];
  const start = steps.findLastIndex((step, i) => i < index && getMessageId(step) !== undefined);
  return steps.slice(start + 1, index).filter(hasCalls);
}

/** Returns the steps with tool calls after the last message. */
export function getCallsAtEnd(steps: readonly RunStep[]): RunStep[] {
  const last = steps.findLastIndex((step) => getMessageId(step) !== undefined);
  return steps.slice(last + 1).filter(hasCalls);
}

/** Returns true for the last message that the steps of a run name. */
export function isLastMessage(steps: readonly RunStep[], messageId: string): boolean {
  return steps.map(getMessageId).findLast((id) => id !== undefined) === messageId;
}

function getMessageId({ step_details: details }: RunStep): string | undefined {
  return details?.type === 'message_creation' ? details.message_creation?.message_id : undefined;
}

/** Returns true for steps with calls, and for those with reasoning that led to nothing. */
function hasCalls(step: RunStep): boolean {
  const { step_details: details } = step;
  return (
    details?.type === 'tool_calls' &&
    ((details.tool_calls?.length ?? 0) > 0 || isReasoningOnly(step))
  );
}
