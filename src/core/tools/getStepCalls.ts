import { isSettled } from '../../protocol/runStatus.js';
import type { ToolCall } from '../../protocol/ToolCall.js';
import type { FunctionToolCall, Run, RunStep, RunStepToolCall } from '../../protocol/types.js';
import type { TrackedCall } from './TrackedCalls.js';

/**
 * Returns the calls that the steps of a run add or change: calls whose arguments stream, and calls with an output of another
 * client. Pending calls are left out, because the run itself reports them.
 */
export function getStepCalls(
  run: Run,
  steps: readonly RunStep[],
  known: ReadonlyMap<string, TrackedCall>,
): ToolCall[] {
  return steps.flatMap(({ status, step_details: details }) => {
    if (details.type !== 'tool_calls') return [];
    const isActive = status === 'in_progress' && !isSettled(run.status);
    return details.tool_calls
      .filter(isFunctionCall)
      .flatMap((stepCall) => getChange(stepCall, known.get(stepCall.id)?.call, isActive) ?? []);
  });
}

/** Returns true for a function call. Its id is missing until the server has sent it. */
function isFunctionCall(call: RunStepToolCall): call is FunctionToolCall {
  return call.type === 'function' && Boolean(call.id);
}

/** Returns the new state of a call. Undefined if it has not changed. */
function getChange(
  { id, function: { name, arguments: argumentsText, output } }: FunctionToolCall,
  known: ToolCall | undefined,
  isActive: boolean,
): ToolCall | undefined {
  const isAnswered = typeof output === 'string';
  if (known?.state === 'submitted' && known.output === undefined && isAnswered)
    return { ...known, output };
  if (known && known.state !== 'streaming-args') return undefined;
  const base = { id, name, argumentsText };
  if (isAnswered) return { ...base, state: 'submitted', output };
  if (!isActive) return { ...base, state: 'expired', output: undefined };
  return known?.argumentsText === argumentsText ? undefined : { ...base, state: 'streaming-args' };
}
