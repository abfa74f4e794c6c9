import { isRecord } from '../../../common/isRecord.js';
import type { Assistant } from '../../../protocol/types.js';
import { formatJson } from './formatJson.js';
import { createToolDrafts, type ToolDraft } from './toolDrafts.js';

/** Version of the API whose fields the form edits. */
export type AssistantApiVersion = 'v1' | 'v2';

/** Rarely used fields of the form. */
export const ASSISTANT_SETTINGS = [
  'reasoning_effort',
  'temperature',
  'top_p',
  'response_format',
  'metadata',
] as const;

/**
 * Fields of the form, by the names of their wire fields. `files` are `file_ids` in version 1 and `tool_resources` in
 * version 2.
 */
export const ASSISTANT_FIELDS = [
  'name',
  'model',
  'description',
  'instructions',
  'tools',
  'files',
  ...ASSISTANT_SETTINGS,
] as const;

/** Name of a field of the form. */
export type AssistantFieldName = (typeof ASSISTANT_FIELDS)[number];

/** Files of an assistant. */
export interface FilesDraft {
  /** Ids of the files of the assistant in version 1, and of those of the code interpreter in version 2. */
  attached: readonly string[];
  /** Ids of files that are added to the vector store of the assistant when the form is saved. Version 2 only. */
  searched: readonly string[];
  /** Ids of files that are removed from the vector store of the assistant when the form is saved. Version 2 only. */
  removed: readonly string[];
}

/** Response format with a schema as text. */
export interface ResponseFormatDraft {
  /** 'auto', 'text', 'json_object', 'json_schema' or a type that the form does not know. */
  type: string;
  name: string;
  schema: string;
  strict: boolean;
  /** Format of the server. Its other members are kept. */
  source?: unknown;
}

/** Pair of metadata. */
export interface MetadataRow {
  /** Key of the row in the form. */
  key: string;
  name: string;
  value: string;
}

/** Contents of the fields of the form. Numbers are texts; an empty text is the default of the server. */
export interface AssistantDraft {
  name: string;
  model: string;
  description: string;
  instructions: string;
  tools: readonly ToolDraft[];
  files: FilesDraft;
  reasoning_effort: string;
  temperature: string;
  top_p: string;
  response_format: ResponseFormatDraft;
  metadata: readonly MetadataRow[];
}

/** Assistant that the form starts with. Fields that are missing are empty. */
export type AssistantFormSource = Partial<Assistant>;

/** Returns the draft for an assistant, or for a new one. Values of the wrong type are empty. */
export function createAssistantDraft(
  assistant: AssistantFormSource | undefined,
  apiVersion: AssistantApiVersion,
): AssistantDraft {
  const wire: Record<string, unknown> = { ...assistant };
  return {
    name: toText(wire['name']),
    model: toText(wire['model']),
    description: toText(wire['description']),
    instructions: toText(wire['instructions']),
    tools: createToolDrafts(wire['tools']),
    files: {
      attached: toIds(
        apiVersion === 'v1'
          ? wire['file_ids']
          : getMember(getMember(wire['tool_resources'], 'code_interpreter'), 'file_ids'),
      ),
      searched: [],
      removed: [],
    },
    // Servers accept it, but the contract does not return it.
    reasoning_effort: toText(wire['reasoning_effort']),
    temperature: toText(wire['temperature']),
    top_p: toText(wire['top_p']),
    response_format: createResponseFormatDraft(wire['response_format']),
    metadata: createMetadataRows(wire['metadata']),
  };
}

function createResponseFormatDraft(format: unknown): ResponseFormatDraft {
  const empty = { name: '', schema: '', strict: false };
  const type = getMember(format, 'type');
  if (typeof type !== 'string') return { type: 'auto', ...empty };
  const jsonSchema = getMember(format, 'json_schema');
  return {
    type,
    name: toText(getMember(jsonSchema, 'name')),
    schema: formatJson(getMember(jsonSchema, 'schema')),
    strict: getMember(jsonSchema, 'strict') === true,
    source: format,
  };
}

function createMetadataRows(metadata: unknown): MetadataRow[] {
  const entries = isRecord(metadata) ? Object.entries(metadata) : [];
  return entries.map(([name, value], index) => ({
    key: String(index),
    name,
    value: typeof value === 'string' ? value : formatJson(value),
  }));
}

function getMember(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function toIds(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}
