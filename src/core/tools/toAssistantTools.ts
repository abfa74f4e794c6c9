import type { AssistantTool } from '../../protocol/types.js';
import type { FunctionTool } from './FunctionTool.js';
import { toJsonSchema } from './toJsonSchema.js';

/**
 * Converts tools for the `tools` of an assistant or a run.
 *
 * @throws Error if two tools have the same name, or if a schema does not convert to JSON Schema
 */
export function toAssistantTools(tools: readonly FunctionTool[]): AssistantTool[] {
  const names = new Set<string>();
  for (const { name } of tools) {
    if (names.has(name)) {
      throw new Error(
        `toAssistantTools: two tools have the name '${name}'. Give each tool a unique name.`,
      );
    }
    names.add(name);
  }
  return tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: {
      name,
      ...(description !== undefined && { description }),
      parameters: { ...toJsonSchema(inputSchema) },
    },
  }));
}
