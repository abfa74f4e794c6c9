import type { FunctionDefinition } from '../../../protocol/types.js';
import type { BuiltInTool } from '../BuiltInTool.js';
import type { ModelRequest } from '../Model.js';

/** Functions that a model may call, and the settings for calling them. */
export interface ToolSet {
  functions: FunctionDefinition[];
  /** Tools that the server runs itself. */
  builtIn: readonly BuiltInTool[];
  /** Name of the function that searches files, even if it is no longer offered. Undefined if the run lacks `file_search`. */
  searchName: string | undefined;
  /** Undefined if the model decides, which is the default of the servers. */
  choice: 'none' | 'required' | { name: string } | { builtIn: string } | undefined;
  /** Undefined if the model may make parallel calls, which is the default of the servers. */
  parallel: false | undefined;
}

const MAX_LISTED_FILES = 50;

/** Tools that assistants can have, too. A server runs them only for runs whose assistant has them. */
const ASSISTANT_TOOLS: ReadonlySet<string> = new Set(['file_search', 'code_interpreter']);

/**
 * Returns the functions of a run, and a function that replaces the tool `file_search`. The engine answers calls of that function,
 * so clients never receive them.
 */
export function createToolSet(
  request: ModelRequest,
  builtInTools: readonly BuiltInTool[] = [],
): ToolSet {
  const { run, tools } = request;
  const functions = tools.flatMap((tool) => (tool.type === 'function' ? [tool.function] : []));
  const builtIn = builtInTools.filter(
    ({ type }) => !ASSISTANT_TOOLS.has(type) || run.tools.some((tool) => tool.type === type),
  );
  const searchName = getSearchToolName(request, builtIn);
  const canSearch = canSearchHere(request, builtIn);
  if (canSearch) functions.push(createSearchFunction(searchName, request));
  const hasTools = functions.length > 0 || builtIn.length > 0;
  return {
    functions,
    builtIn,
    // A model may call the function although the run has reached its limit of searches. Only the engine can answer that call.
    searchName: run.tools.some(({ type }) => type === 'file_search') ? searchName : undefined,
    choice: hasTools
      ? getToolChoice(request, canSearch ? searchName : undefined, builtIn)
      : undefined,
    parallel: functions.length > 0 && run.parallel_tool_calls === false ? false : undefined,
  };
}

/** Returns true if the engine answers searches. Without files it leaves them to a server that searches files itself. */
function canSearchHere(request: ModelRequest, builtIn: readonly BuiltInTool[]): boolean {
  const { tools, files, messages } = request;
  if (!tools.some(({ type }) => type === 'file_search')) return false;
  if (!builtIn.some(({ type }) => type === 'file_search')) return true;
  return files.length > 0 || messages.some((one) => 'files' in one && one.files.length > 0);
}

/**
 * Returns `file_search`, followed by as many underscores as it takes to differ from all functions of the run and from the tools
 * that the server runs itself.
 */
export function getSearchToolName(
  { run }: ModelRequest,
  builtIn: readonly BuiltInTool[] = [],
): string {
  const names = new Set([
    ...run.tools.map((tool) => (tool.type === 'function' ? tool.function.name : '')),
    ...builtIn.map(({ type }) => type),
  ]);
  let name = 'file_search';
  while (names.has(name)) name += '_';
  return name;
}

/** Returns the tool choice. A forced call only applies to the first answer of a run, which would otherwise never end. */
function getToolChoice(
  { run, messages }: ModelRequest,
  searchName: string | undefined,
  builtIn: readonly BuiltInTool[],
): ToolSet['choice'] {
  const choice = run.tool_choice;
  if (choice === 'none') return 'none';
  const hasCalled = messages.some(({ role }) => role === 'tool-outputs' || role === 'search');
  if (hasCalled || choice === 'auto' || choice === null || choice === undefined) return undefined;
  if (choice === 'required') return 'required';
  if (choice.type === 'function')
    return choice.function === undefined ? undefined : { name: choice.function.name };
  if (builtIn.some(({ type }) => type === choice.type)) return { builtIn: choice.type };
  return choice.type === 'file_search' && searchName !== undefined
    ? { name: searchName }
    : undefined;
}

function createSearchFunction(name: string, { files, messages }: ModelRequest): FunctionDefinition {
  const allFiles = [
    ...files,
    ...messages.flatMap((message) => ('files' in message ? message.files : [])),
  ];
  const filenames = [...new Set(allFiles.map(({ filename }) => filename))];
  const list =
    filenames.slice(0, MAX_LISTED_FILES).join(', ') +
    (filenames.length > MAX_LISTED_FILES ? ', and more' : '');
  return {
    name,
    description:
      `Searches the files of this conversation${list === '' ? '' : ` (${list})`} and returns the passages that match best. ` +
      'Use it before you answer a question that the files may answer. It compares words, so use words that occur in the text.',
    parameters: {
      type: 'object',
      properties: { query: { type: 'string', description: 'A few words, or a short question.' } },
      required: ['query'],
      additionalProperties: false,
    },
  };
}

/** Returns the query in the arguments of a search call. Malformed arguments are used as the query. */
export function parseSearchQuery(argumentsText: string): string {
  try {
    const value: unknown = JSON.parse(argumentsText);
    if (typeof value !== 'object' || value === null) return String(value);
    if ('query' in value && typeof value.query === 'string') return value.query;
    return Object.values(value)
      .filter((one) => typeof one === 'string')
      .join(' ');
  } catch {
    return argumentsText;
  }
}
