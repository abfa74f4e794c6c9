import { isSettled } from '../../protocol/runStatus.js';
import type { Run, RunStep } from '../../protocol/types.js';
import type { Tool } from './defineTool.js';
import type { ToolCall } from './toolCall.js';

/** What the steps of a run tell of its calls: those whose arguments stream, and those that somebody answered. */
export function getStreamedCalls(
  run: Run,
  steps: readonly RunStep[],
  known: ReadonlyMap<string, ToolCall>,
  tools: readonly Tool[],
): ToolCall[] {
  return steps.flatMap(({ status, step_details: details }) => {
    if (details.type !== 'tool_calls') return [];
    return details.tool_calls.flatMap((call): ToolCall[] => {
      if (call.type !== 'function' || !call.id) return [];
      const {
        id,
        function: { name, arguments: argumentsText, output },
      } = call;
      const before = known.get(id);
      const isAnswered = typeof output === 'string';
      if (before?.state === 'submitted' && before.output === undefined && isAnswered)
        return [{ ...before, output }];
      if (before && before.state !== 'streaming-args') return [];
      const base = { id, name, argumentsText, tool: tools.find((tool) => tool.name === name) };
      if (isAnswered) return [{ ...base, state: 'submitted', output }];
      if (status !== 'in_progress' || isSettled(run.status))
        return [{ ...base, state: 'expired', output: undefined }];
      return before?.argumentsText === argumentsText ? [] : [{ ...base, state: 'streaming-args' }];
    });
  });
}
