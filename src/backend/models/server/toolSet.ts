import type { FunctionDefinition } from '../../../protocol/types.js';
import type { ModelRequest } from '../model.js';

/** What a model may call, as both kinds of server take it. */
export interface ToolSet {
  functions: FunctionDefinition[];
  /** The name of the function that searches files, offered or not; undefined where the run has no such tool. */
  searchName: string | undefined;
  /** Undefined where the model is free, as it is by itself. */
  choice: 'none' | 'required' | { name: string } | undefined;
  /** Undefined where it may call several at once, as it does by itself. */
  parallel: false | undefined;
}

const NAMED_FILES = 50;

/**
 * The functions of a run, and one of ours that stands for `file_search`: the engine answers it, and it never reaches the
 * client.
 */
export function createToolSet(request: ModelRequest): ToolSet {
  const { run, tools } = request;
  const functions = tools.flatMap((tool) => (tool.type === 'function' ? [tool.function] : []));
  const searchName = getSearchToolName(request);
  const maySearch = tools.some(({ type }) => type === 'file_search');
  if (maySearch) functions.push(searchFunction(searchName, request));
  return {
    functions,
    // A model that has searched too often may go on to call it; nobody but the engine could answer.
    searchName: run.tools.some(({ type }) => type === 'file_search') ? searchName : undefined,
    choice: functions.length === 0 ? undefined : choiceOf(request, searchName),
    parallel: functions.length > 0 && run.parallel_tool_calls === false ? false : undefined,
  };
}

/** `file_search`, or a name behind it that no function of the run has. */
export function getSearchToolName({ run }: ModelRequest): string {
  const names = new Set(
    run.tools.map((tool) => (tool.type === 'function' ? tool.function.name : '')),
  );
  let name = 'file_search';
  while (names.has(name)) name += '_';
  return name;
}

/** A choice that forces a call holds for the first answer of a run: with every answer forced, none would be the last. */
function choiceOf({ run, messages }: ModelRequest, searchName: string): ToolSet['choice'] {
  const choice = run.tool_choice;
  if (choice === 'none') return 'none';
  const hasCalled = messages.some(({ role }) => role === 'tool-outputs' || role === 'search');
  if (hasCalled || choice === 'auto' || choice === null || choice === undefined) return undefined;
  if (choice === 'required') return 'required';
  if (choice.type === 'function')
    return choice.function === undefined ? undefined : { name: choice.function.name };
  return choice.type === 'file_search' ? { name: searchName } : undefined;
}

function searchFunction(name: string, { files, messages }: ModelRequest): FunctionDefinition {
  const all = [
    ...files,
    ...messages.flatMap((message) => ('files' in message ? message.files : [])),
  ];
  const names = [...new Set(all.map(({ filename }) => filename))];
  const listed =
    names.slice(0, NAMED_FILES).join(', ') + (names.length > NAMED_FILES ? ', and more' : '');
  return {
    name,
    description:
      `Searches the files of this conversation${listed === '' ? '' : ` (${listed})`} and gives the passages that fit best. ` +
      'Use it before you answer a question that the files may answer. It compares words, so ask in words that stand in the text.',
    parameters: {
      type: 'object',
      properties: { query: { type: 'string', description: 'A few words, or a short question.' } },
      required: ['query'],
      additionalProperties: false,
    },
  };
}

/** What a search function was asked for, from its arguments; what is no JSON is taken as it is. */
export function readSearchQuery(written: string): string {
  try {
    const value: unknown = JSON.parse(written);
    if (typeof value !== 'object' || value === null) return String(value);
    const { query } = value as { query?: unknown };
    if (typeof query === 'string') return query;
    return Object.values(value)
      .filter((one) => typeof one === 'string')
      .join(' ');
  } catch {
    return written;
  }
}
