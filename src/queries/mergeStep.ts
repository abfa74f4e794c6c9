import type { RunStep } from '../protocol/types.js';

/**
 * The newer of two snapshots of one run step, whatever order they arrived in: one that has ended stays so, and no tool call
 * or output is lost again.
 */
export function mergeStep(current: RunStep, incoming: RunStep): RunStep {
  if (incoming.status !== 'in_progress') return incoming;
  if (current.status !== 'in_progress') return current;
  return lengthOf(incoming) < lengthOf(current) ? current : incoming;
}

function lengthOf({ step_details: details }: RunStep): number {
  if (details.type !== 'tool_calls') return 0;
  return details.tool_calls.reduce(
    (length, call) =>
      length + 1 + (call.type === 'function' ? call.function.arguments.length + (call.function.output?.length ?? 0) : 0),
    0,
  );
}
