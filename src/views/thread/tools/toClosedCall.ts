import { parseArguments } from '../../../protocol/toolArguments.js';
import type { ToolCall } from '../../../protocol/ToolCall.js';
import type { RunStepToolCall } from '../../../protocol/types.js';

/** Converts a function call of a run step to one whose output was submitted. Undefined for other tools. */
export function toClosedCall(call: RunStepToolCall): ToolCall | undefined {
  if (call.type !== 'function') return undefined;
  const { name, arguments: argumentsText, output } = call.function;
  const parsed = parseArguments(argumentsText);
  return {
    id: call.id,
    name,
    argumentsText,
    ...('value' in parsed && { input: parsed.value }),
    state: 'submitted',
    output: output ?? undefined,
  };
}
