import type { RunStep } from '../../protocol/types.js';

/** Returns true for a step of reasoning that led to nothing, because its run ended. */
export function isReasoningOnly({ status, reasoning, step_details: details }: RunStep): boolean {
  const hasCalls = details?.type !== 'tool_calls' || (details.tool_calls?.length ?? 0) > 0;
  return !hasCalls && status !== 'in_progress' && Boolean(reasoning);
}
