import type { BuiltInTool } from '../models/BuiltInTool.js';
import { UsageError } from './UsageError.js';

/**
 * Parses the values of `--built-in-tool`: the type of a tool, followed by the ids of vector stores for `file_search`, such as
 * `file_search:vs_1,vs_2`.
 *
 * @throws UsageError
 */
export function parseBuiltInTools(values: readonly string[]): BuiltInTool[] {
  const tools = values.map(parseTool);
  const repeated = tools.find(
    ({ type }, index) => tools.findIndex((tool) => tool.type === type) !== index,
  );
  if (repeated !== undefined)
    throw new UsageError(`--built-in-tool names ${repeated.type} twice. Name each tool once.`);
  return tools;
}

function parseTool(value: string): BuiltInTool {
  const [type = '', ...rest] = value.split(':');
  switch (type) {
    case 'file_search':
      return { type, vector_store_ids: parseIds(rest.join(':')) };
    case 'code_interpreter':
    case 'web_search':
      if (rest.length > 0)
        throw new UsageError(`--built-in-tool ${type} takes no ids, unlike file_search.`);
      return type === 'web_search' ? { type } : { type, container: { type: 'auto' } };
    default:
      throw new UsageError(
        `--built-in-tool must be web_search, code_interpreter or file_search:IDS, not '${value}'.`,
      );
  }
}

function parseIds(text: string): string[] {
  const ids = text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length > 0) return ids;
  throw new UsageError(
    '--built-in-tool file_search needs the ids of vector stores at the model server: file_search:vs_1,vs_2.',
  );
}
