import type { ScriptedLine } from '../../backend/models/scripted/ScriptedLine.js';
import type { FunctionToolCall, RunStep } from '../../protocol/types.js';

/** Script that repeats what the model of a run did, and what its functions returned. */
export interface ReplayScript {
  /** Lines of the model, one list for each time that it was asked. */
  rounds: ScriptedLine[][];
  /** Outputs of the functions by the id of the call. */
  outputs: ReadonlyMap<string, string>;
}

/**
 * Creates the script of a run. Calls of built-in tools are left out: their results came from the server.
 *
 * @param steps Oldest first.
 * @param texts Texts of the messages by id.
 */
export function createReplayScript(
  steps: readonly RunStep[],
  texts: ReadonlyMap<string, string>,
): ReplayScript {
  const rounds: ScriptedLine[][] = [[]];
  const outputs = new Map<string, string>();
  for (const { step_details: details } of steps) {
    const round = rounds.at(-1) ?? [];
    if (details.type === 'message_creation') {
      const text = texts.get(details.message_creation.message_id) ?? '';
      if (round.some((line) => typeof line === 'string')) round.push({ next: 'message' });
      if (text !== '') round.push(text);
    }
    const calls = getCalls(details);
    for (const { id, function: called } of calls) {
      round.push({ call: called.name, with: called.arguments, id });
      outputs.set(id, called.output ?? '');
    }
    if (calls.length > 0) rounds.push([]);
  }
  return { rounds, outputs };
}

/** Returns the function calls of the steps of a run. */
export function getFunctionCalls(steps: readonly RunStep[]): FunctionToolCall[] {
  return steps.flatMap(({ step_details: details }) => getCalls(details));
}

function getCalls(details: RunStep['step_details']): FunctionToolCall[] {
  // Servers may add types of steps.
  return details.type === 'tool_calls' ? details.tool_calls.filter(isFunctionCall) : [];
}

function isFunctionCall(call: { type: string }): call is FunctionToolCall {
  return call.type === 'function';
}
