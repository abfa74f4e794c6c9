import { isRecord } from '../../../common/isRecord.js';
import type {
  AssistantTool,
  CreateAssistantRequest,
  ReasoningEffort,
} from '../../../protocol/types.js';
import {
  createAssistantDraft,
  type AssistantApiVersion,
  type AssistantDraft,
  type AssistantFieldName,
  type AssistantFormSource,
  type FilesDraft,
  type MetadataRow,
  type ResponseFormatDraft,
} from './AssistantDraft.js';
import { formatJson } from './formatJson.js';
import { toAssistantTool } from './toolDrafts.js';

/**
 * Values of `AssistantForm`, as a body of createAssistant. Empty texts are null. Optional fields are there if the user
 * has changed them. Files for the file search are in `tool_resources.file_search.vector_stores`, which modifyAssistant
 * does not accept.
 */
export interface AssistantFormValues extends Pick<
  CreateAssistantRequest,
  | 'model'
  | 'file_ids'
  | 'tool_resources'
  | 'reasoning_effort'
  | 'temperature'
  | 'top_p'
  | 'response_format'
  | 'metadata'
> {
  name: string | null;
  description: string | null;
  instructions: string | null;
  tools: AssistantTool[];
}

type ResponseFormat = NonNullable<CreateAssistantRequest['response_format']>;

interface ValueContext {
  apiVersion: AssistantApiVersion;
  /** Assistant of the server. */
  assistant: AssistantFormSource | undefined;
}

/** Returns the values of some fields of a valid draft. */
export function toFieldValues(
  draft: AssistantDraft,
  names: readonly AssistantFieldName[],
  context: ValueContext,
): Partial<AssistantFormValues> {
  return Object.assign(
    {},
    ...names.map((name) => toFieldValue(draft, name, context)),
  ) as Partial<AssistantFormValues>;
}

/** Returns the values of a valid draft: all that every assistant has, and the others that the user has changed. */
export function toAssistantValues(
  draft: AssistantDraft,
  changed: readonly AssistantFieldName[],
  context: ValueContext,
): AssistantFormValues {
  return {
    ...toBasicValues(draft),
    ...getInitialResources(draft, context),
    ...toFieldValues(draft, changed, context),
  };
}

/**
 * Returns the resources that a new assistant starts with. Its vector store is not part of the
 * draft. Without the file search it needs none, so that it can be created if the store is gone.
 */
function getInitialResources(
  { tools }: AssistantDraft,
  { apiVersion, assistant }: ValueContext,
): Partial<AssistantFormValues> {
  const { id, tool_resources: resources } = assistant ?? {};
  if (apiVersion === 'v1' || id !== undefined || !resources) return {};
  const searchesFiles = tools.some((tool) => toAssistantTool(tool).type === 'file_search');
  if (searchesFiles) return { tool_resources: resources };
  const { file_search: _fileSearch, ...others } = resources;
  return { tool_resources: others };
}

/** Returns the values that every assistant has. */
function toBasicValues(draft: AssistantDraft) {
  return {
    name: draft.name.trim() || null,
    model: draft.model.trim(),
    description: draft.description.trim() || null,
    instructions: draft.instructions || null,
    tools: draft.tools.map(toAssistantTool),
  };
}

function toFieldValue(
  draft: AssistantDraft,
  name: AssistantFieldName,
  context: ValueContext,
): Partial<AssistantFormValues> {
  switch (name) {
    case 'name':
    case 'description':
    case 'model':
    case 'instructions':
    case 'tools':
      return { [name]: toBasicValues(draft)[name] };
    case 'files':
      return toFileValues(draft.files, context);
    case 'reasoning_effort':
      // The select offers the values of the contract, and the one of the server.
      return { reasoning_effort: (draft.reasoning_effort || null) as ReasoningEffort | null };
    case 'temperature':
    case 'top_p':
      return { [name]: parseDecimal(draft[name]) ?? null };
    case 'response_format':
      return { response_format: toResponseFormat(draft.response_format) };
    case 'metadata':
      return { metadata: toMetadata(draft.metadata) };
  }
}

/** Returns the number in a text, with a point or a comma. Undefined for an empty text, NaN for another one. */
export function parseDecimal(text: string): number | undefined {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : Number(trimmed.replace(',', '.'));
}

function toFileValues(
  { attached, searched, removed }: FilesDraft,
  { apiVersion, assistant }: ValueContext,
): Partial<AssistantFormValues> {
  if (apiVersion === 'v1') return { file_ids: [...attached] };
  const { attached: current } = createAssistantDraft(assistant, apiVersion).files;
  // Removed files are not resources of the assistant, but of its vector store.
  const hasRemovedOnly = removed.length > 0 && searched.length === 0;
  if (hasRemovedOnly && attached.join() === current.join()) return {};
  return {
    // The server replaces all resources.
    tool_resources: {
      ...assistant?.tool_resources,
      code_interpreter: { file_ids: [...attached] },
      ...(searched.length > 0 && {
        file_search: {
          ...assistant?.tool_resources?.file_search,
          vector_stores: [{ file_ids: [...searched] }],
        },
      }),
    },
  };
}

function toMetadata(rows: readonly MetadataRow[]): Record<string, string> {
  // Defines own properties, so that a key `__proto__` does not change the prototype.
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

function toResponseFormat(draft: ResponseFormatDraft): ResponseFormat {
  const { type, source } = draft;
  const before = isRecord(source) && source['type'] === type ? source : undefined;
  switch (type) {
    case 'auto':
      return 'auto';
    case 'text':
    case 'json_object':
      return before === undefined ? { type } : { ...before, type };
    case 'json_schema':
      return { ...before, type, json_schema: toJsonSchemaFormat(draft, before?.['json_schema']) };
    default:
      // A format of the server that this package does not know.
      return source as ResponseFormat;
  }
}

function toJsonSchemaFormat(
  { name, schema, strict }: ResponseFormatDraft,
  source: unknown,
): { name: string } {
  const before = isRecord(source) ? source : {};
  const format: { name: string } & Record<string, unknown> = { ...before, name: name.trim() };
  if (schema !== formatJson(before['schema'])) {
    if (schema.trim() === '') delete format['schema'];
    else format['schema'] = JSON.parse(schema);
  }
  if (strict !== (before['strict'] === true)) format['strict'] = strict;
  return format;
}
