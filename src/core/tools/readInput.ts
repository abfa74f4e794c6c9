import { formatIssues } from '../../common/formatIssues.js';
import { parseArguments, type ArgumentsProblem } from '../../protocol/toolArguments.js';
import type { ToolSchema } from './ToolSchema.js';
import { validateValue } from './validateValue.js';

const PROBLEM_TEXTS: Readonly<Record<ArgumentsProblem, string>> = {
  malformed: 'are not valid JSON',
  'duplicate-key': 'name a field twice',
  'reserved-key': 'name a reserved field',
};

/** Parses the arguments of a call and validates them against the input schema. Never rejects. */
export async function readInput(
  schema: ToolSchema | undefined,
  argumentsText: string,
): Promise<{ input: unknown; problem: undefined } | { input: undefined; problem: string }> {
  const parsed = parseArguments(argumentsText);
  if ('problem' in parsed) {
    const problem = `The arguments ${PROBLEM_TEXTS[parsed.problem]}: ${parsed.detail}`;
    return { input: undefined, problem };
  }
  const { value, issues } = await validateValue(schema, parsed.value);
  return issues.length > 0
    ? { input: undefined, problem: formatIssues(issues) }
    : { input: value, problem: undefined };
}
