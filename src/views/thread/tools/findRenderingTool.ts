import type { Tool } from '../../../hooks/defineTool.js';

/** Finds the tool with a name. Returns undefined for an unknown tool, and for one without `render`. */
export function findRenderingTool(tools: readonly Tool[], name: string): Tool | undefined {
  return tools.find((tool) => tool.name === name && tool.render !== undefined);
}
