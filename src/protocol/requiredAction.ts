import type { Run, RunToolCall, SubmitToolOutputsRequest, ToolCallAnswer } from './types.js';

/** Call that a run waits for. */
export interface RequiredCall extends RunToolCall {
  /** Id of the call in the answer. Set if it differs from `id`, because several calls of the action have the same id. */
  readonly answerId?: string;
  /**
   * Name of the server that runs the call after the user has approved it, such as an MCP server. Empty if it has none.
   * Undefined for functions of the application, which answers them with outputs.
   */
  readonly server?: string;
}

/** Action of Azure AI Foundry. The contract does not have it. */
interface ApprovalAction {
  submit_tool_approval?: {
    tool_calls?: readonly {
      id: string;
      type: string;
      name: string;
      arguments: string;
      server_label?: string;
    }[];
  };
}

type Action = NonNullable<Run['required_action']> & ApprovalAction;

/**
 * Returns the calls that a run waits for: those that need an output, and those that need an approval. Each has an id of its
 * own. Empty unless the run requires action.
 */
export function getRequiredCalls({
  status,
  required_action: action,
}: Pick<Run, 'status' | 'required_action'>): readonly RequiredCall[] {
  if (status !== 'requires_action' || !action) return [];
  const { submit_tool_outputs: outputs, submit_tool_approval: approval }: Action = action;
  const approvals = (approval?.tool_calls ?? []).map(
    ({ id, type, name, arguments: text, server_label: server = '' }) => ({
      id,
      type: 'function' as const,
      function: { name: name || type, arguments: text },
      server,
    }),
  );
  return withUniqueIds([...outputs.tool_calls, ...approvals]);
}

/**
 * Returns the action that a run waits for if it is neither a submit of outputs nor one of approvals. Undefined for the
 * actions that this package can perform, and unless the run requires action.
 */
export function getUnknownAction(
  run: Pick<Run, 'status' | 'required_action'>,
): { type: string; action: object } | undefined {
  if (run.status !== 'requires_action' || getRequiredCalls(run).length > 0) return undefined;
  // Responses have an empty list of function calls in place of a missing one.
  const { submit_tool_outputs: _, ...action } = run.required_action ?? { type: '' };
  return { type: action.type, action };
}

/** Returns the body that submits answers: outputs and approvals are separate lists. */
export function toSubmitBody(answers: readonly ToolCallAnswer[]): SubmitToolOutputsRequest {
  const approvals = answers.filter((answer) => 'approve' in answer);
  const outputs = answers.filter((answer) => !('approve' in answer));
  if (approvals.length === 0) return { tool_outputs: outputs };
  return { tool_approvals: approvals, ...(outputs.length > 0 && { tool_outputs: outputs }) };
}

/** Some servers give all parallel calls the same id. */
function withUniqueIds(calls: readonly (RunToolCall & { server?: string })[]): RequiredCall[] {
  const counts = new Map<string, number>();
  return calls.map((call) => {
    const count = (counts.get(call.id) ?? 0) + 1;
    counts.set(call.id, count);
    return count === 1 ? call : { ...call, answerId: call.id, id: `${call.id}#${count}` };
  });
}
