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
  const ids = rest
    .join(':')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (type === 'file_search') {
    if (ids.length > 0) return { type, vector_store_ids: ids };
    throw new UsageError(
      '--built-in-tool file_search needs the ids of vector stores at the model server: file_search:vs_1,vs_2.',
    );
  }
  if (rest.length > 0)
    throw new UsageError(`--built-in-tool ${type} has no value after the colon.`);
  if (type === 'code_interpreter') return { type, container: { type: 'auto' } };
  if (type === 'web_search') return { type };
  throw new UsageError(
    `--built-in-tool must be web_search, code_interpreter or file_search:IDS, not '${value}'.`,
  );
}
