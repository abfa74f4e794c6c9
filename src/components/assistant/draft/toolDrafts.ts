import { isRecord } from '../../../common/isRecord.js';
import { randomKey } from '../../../common/randomKey.js';
import type { AssistantTool } from '../../../protocol/types.js';
import { formatJson } from './formatJson.js';

interface ToolDraftBase {
  /** Key of the tool in the form. */
  key: string;
  /** Tool of the server. What the form does not edit is kept. */
  source?: unknown;
}

/** Function with the schema of its parameters as text. */
export interface FunctionDraft extends ToolDraftBase {
  kind: 'function';
  name: string;
  description: string;
  /** Empty if the function takes no arguments. */
  parameters: string;
  strict: boolean;
}

/** Tool that is switched on or off. */
export interface BuiltInToolDraft extends ToolDraftBase {
  kind: 'built-in';
  type: BuiltInType;
}

/** Tool of a type that the form does not know, as JSON. */
export interface JsonToolDraft extends ToolDraftBase {
  kind: 'json';
  text: string;
}

/** Tool of an assistant in the form. */
export type ToolDraft = FunctionDraft | BuiltInToolDraft | JsonToolDraft;

/** Types of tools that need no settings. */
export const BUILT_IN_TYPES = ['code_interpreter', 'file_search', 'retrieval'] as const;
export type BuiltInType = (typeof BUILT_IN_TYPES)[number];

/** Returns the drafts of the tools of an assistant. */
export function createToolDrafts(tools: unknown): ToolDraft[] {
  return Array.isArray(tools) ? tools.map(createToolDraft) : [];
}

/** Returns an empty function. */
export function createFunctionDraft(): FunctionDraft {
  return {
    kind: 'function',
    key: randomKey(),
    name: '',
    description: '',
    parameters: '',
    strict: false,
  };
}

/** Returns an empty tool that is edited as JSON. */
export function createJsonToolDraft(): JsonToolDraft {
  return { kind: 'json', key: randomKey(), text: '' };
}

/** Returns the tools with one type switched on or off. */
export function switchTool(
  tools: readonly ToolDraft[],
  type: BuiltInType,
  isOn: boolean,
): readonly ToolDraft[] {
  const others = tools.filter((tool) => tool.kind !== 'built-in' || tool.type !== type);
  return isOn ? [...others, { kind: 'built-in', key: randomKey(), type }] : others;
}

/** Returns a tool of a valid draft. Members that were not edited are those of the server. */
export function toAssistantTool(draft: ToolDraft): AssistantTool {
  // The server validates tools: it may support types and members that this package does not know.
  return toTool(draft) as AssistantTool;
}

function toTool(draft: ToolDraft): unknown {
  switch (draft.kind) {
    case 'built-in':
      return draft.source ?? { type: draft.type };
    case 'json':
      return draft.text === formatJson(draft.source) ? draft.source : JSON.parse(draft.text);
    case 'function':
      return toFunctionTool(draft);
  }
}

function toFunctionTool({ name, description, parameters, strict, source }: FunctionDraft): unknown {
  const tool = isRecord(source) ? source : {};
  const before = isRecord(tool['function']) ? tool['function'] : {};
  const definition: Record<string, unknown> = { ...before, name: name.trim() };
  if (description !== (before['description'] ?? '')) definition['description'] = description.trim();
  if (parameters !== formatJson(before['parameters'])) {
    if (parameters.trim() === '') delete definition['parameters'];
    else definition['parameters'] = JSON.parse(parameters);
  }
  if (strict !== (before['strict'] === true)) definition['strict'] = strict;
  return { ...tool, type: 'function', function: definition };
}

function createToolDraft(tool: unknown, index: number): ToolDraft {
  const key = String(index);
  const type = isRecord(tool) ? tool['type'] : undefined;
  const builtIn = BUILT_IN_TYPES.find((known) => known === type);
  if (builtIn !== undefined) return { kind: 'built-in', key, type: builtIn, source: tool };
  const definition = isRecord(tool) && type === 'function' ? tool['function'] : undefined;
  if (!isRecord(definition) || typeof definition['name'] !== 'string')
    return { kind: 'json', key, text: formatJson(tool), source: tool };
  const { name, description, parameters, strict } = definition;
  return {
    kind: 'function',
    key,
    name,
    description: typeof description === 'string' ? description : '',
    parameters: formatJson(parameters),
    strict: strict === true,
    source: tool,
  };
}
