import type { FunctionDefinition } from '../../../protocol/types.js';
import type { ModelRequest } from '../Model.js';

/** Functions that a model may call, and the settings for calling them. */
export interface ToolSet {
  functions: FunctionDefinition[];
  /** Name of the function that searches files, even if it is no longer offered. Undefined if the run lacks `file_search`. */
  searchName: string | undefined;
  /** Undefined if the model decides, which is the default of the servers. */
  choice: 'none' | 'required' | { name: string } | undefined;
  /** Undefined if the model may make parallel calls, which is the default of the servers. */
  parallel: false | undefined;
}

const MAX_LISTED_FILES = 50;

/**
 * Returns the functions of a run, and a function that replaces the tool `file_search`. The engine answers calls of that function,
 * so clients never receive them.
 */
export function createToolSet(request: ModelRequest): ToolSet {
  const { run, tools } = request;
  const functions = tools.flatMap((tool) => (tool.type === 'function' ? [tool.function] : []));
  const searchName = getSearchToolName(request);
  const canSearch = tools.some(({ type }) => type === 'file_search');
  if (canSearch) functions.push(createSearchFunction(searchName, request));
  return {
    functions,
    // A model may call the function although the run has reached its limit of searches. Only the engine can answer that call.
    searchName: run.tools.some(({ type }) => type === 'file_search') ? searchName : undefined,
    choice: functions.length === 0 ? undefined : getToolChoice(request, searchName),
    parallel: functions.length > 0 && run.parallel_tool_calls === false ? false : undefined,
  };
}

/** Returns `file_search`, followed by as many underscores as it takes to differ from all functions of the run. */
export function getSearchToolName({ run }: ModelRequest): string {
  const names = new Set(
    run.tools.map((tool) => (tool.type === 'function' ? tool.function.name : '')),
  );
  let name = 'file_search';
  while (names.has(name)) name += '_';
  return name;
}

/** Returns the tool choice. A forced call only applies to the first answer of a run, which would otherwise never end. */
function getToolChoice({ run, messages }: ModelRequest, searchName: string): ToolSet['choice'] {
  const choice = run.tool_choice;
  if (choice === 'none') return 'none';
  const hasCalled = messages.some(({ role }) => role === 'tool-outputs' || role === 'search');
  if (hasCalled || choice === 'auto' || choice === null || choice === undefined) return undefined;
  if (choice === 'required') return 'required';
  if (choice.type === 'function')
    return choice.function === undefined ? undefined : { name: choice.function.name };
  return choice.type === 'file_search' ? { name: searchName } : undefined;
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
