import type { BuiltInTool } from '../BuiltInTool.js';
import { ServerFault } from './ServerFault.js';

const TOOL_WORDS =
  /\b(?:hosted|built-?in|server).{0,12}tools?\b|\btools?.{0,12}\btypes?\b|vector[ _-]?stores?|container/i;

/** Returns true for a refusal that is about the tools that the server runs itself. */
export function isAboutBuiltInTools(
  { kind, detail }: ServerFault,
  types: readonly string[],
): boolean {
  if (types.length === 0 || (kind !== 'rejected' && kind !== 'missing')) return false;
  return types.some((type) => detail.includes(type)) || TOOL_WORDS.test(detail);
}

/** Adds what the operator can do to a refusal of the tools that the server runs itself. Returns other errors unchanged. */
export function explainBuiltInTools(error: unknown, tools: readonly BuiltInTool[]): unknown {
  const types = tools.map(({ type }) => type);
  if (!(error instanceof ServerFault) || !isAboutBuiltInTools(error, types)) return error;
  const advice = `The request offered ${types.join(', ')}. Remove what the server does not have from the option \`builtInTools\` (--built-in-tool), or correct its ids.`;
  return new ServerFault(error.code, `${error.message} ${advice}`, error);
}
