import { formatIssues } from '../../common/formatIssues.js';
import type { SchemaIssue } from '../../protocol/ToolCall.js';
import { encodeOutput, type ToolError } from '../../protocol/toolOutput.js';
import { toError } from './toError.js';
import type { ToolSchema } from './ToolSchema.js';
import { validateValue } from './validateValue.js';

export type EncodedResult =
  { output: string } | { error: ToolError; issues: readonly SchemaIssue[] };

/**
 * Validates a result against the output schema and encodes it as an output.
 *
 * @param editedArguments Arguments of the user, which the output reports to the model in that case.
 */
export async function encodeResult(
  schema: ToolSchema | undefined,
  result: unknown,
  editedArguments?: unknown,
): Promise<EncodedResult> {
  const { value, issues } = await validateValue(schema, result);
  if (issues.length > 0)
    return { error: { code: 'invalid_output', message: formatIssues(issues) }, issues };
  try {
    const encoded =
      editedArguments === undefined
        ? value
        : { edited_arguments: editedArguments, output: value ?? null };
    return { output: encodeOutput(encoded) };
  } catch (error) {
    const { message } = toError(error);
    return { error: { code: 'invalid_output', message }, issues: [{ message, path: [] }] };
  }
}
