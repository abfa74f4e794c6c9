import type { OperationId } from '../../../protocol/types.js';
import { badRequest, invalidType, invalidValue, unknownParameter } from '../../domain/errors.js';
import type { Dialect } from '../operations.js';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.js';

/** Treatment of tools that this backend does not have. */
export type UnsupportedTools = 'refuse' | 'ignore';

/** Settings that bodies are read with. */
export interface BodyRules {
  dialect: Dialect;
  unsupportedTools: UnsupportedTools;
}

/** Object types whose fields differ between the API versions. */
type Kind = 'assistant' | 'thread' | 'message' | 'run';

const KINDS: Partial<Record<OperationId, Kind>> = {
  createAssistant: 'assistant',
  modifyAssistant: 'assistant',
  createThread: 'thread',
  modifyThread: 'thread',
  createMessage: 'message',
  createRun: 'run',
  createThreadAndRun: 'run',
};

/** Fields that the other API version does not have. */
const VERSION_FIELDS: Record<Dialect, Record<Kind, readonly string[]>> = {
  v1: { assistant: ['file_ids'], thread: [], message: ['file_ids'], run: [] },
  v2: {
    assistant: ['tool_resources', 'temperature', 'top_p', 'response_format', 'reasoning_effort'],
    thread: ['tool_resources'],
    message: ['attachments'],
    run: ['tool_resources', 'top_p', 'parallel_tool_calls', 'reasoning_effort'],
  },
};

const TOOL_TYPES: Record<Dialect, readonly string[]> = {
  v1: ['function', 'retrieval'],
  v2: ['function', 'file_search'],
};

/**
 * Translates a valid body to version 2, see `OperationCall`. Rejects fields and tools of the other version, and
 * `code_interpreter` unless it is ignored, because this backend cannot run code.
 * @throws HttpError 400
 */
export function normalizeBody(
  rules: BodyRules,
  operation: OperationId,
  body: JsonObject,
): JsonObject {
  const kind = KINDS[operation];
  return kind === undefined ? body : normalizeObject(rules, kind, body, '');
}

/** @param path Path of the object for error messages. Empty, or ends with a dot. */
function normalizeObject(rules: BodyRules, kind: Kind, body: JsonObject, path: string): JsonObject {
  for (const field of VERSION_FIELDS[rules.dialect === 'v1' ? 'v2' : 'v1'][kind]) {
    if (Object.hasOwn(body, field)) throw unknownParameter(path + field);
  }
  // A spread defines own properties, so a `__proto__` field of the body remains a field.
  const normalized: JsonObject = { ...body };
  const { tools, thread, tool_resources: toolResources } = body;
  if (isJsonArray(tools)) normalized['tools'] = normalizeTools(rules, tools, `${path}tools`);
  if (isJsonObject(thread))
    normalized['thread'] = normalizeObject(rules, 'thread', thread, `${path}thread.`);
  for (const field of ['messages', 'additional_messages']) {
    const messages = body[field];
    if (isJsonArray(messages))
      normalized[field] = normalizeMessages(rules, messages, `${path}${field}`);
  }
  if (rules.unsupportedTools === 'refuse')
    rejectCodeInterpreterFiles(toolResources, `${path}tool_resources`);
  if (kind === 'run') normalizeToolChoice(rules, normalized, path);
  if (kind === 'message') normalizeMessageFields(rules, normalized, path);
  return normalized;
}

function normalizeMessages(rules: BodyRules, messages: Json[], path: string): Json[] {
  return messages.map((message, index) =>
    isJsonObject(message)
      ? normalizeObject(rules, 'message', message, `${path}[${index}].`)
      : message,
  );
}

function normalizeTools(rules: BodyRules, tools: Json[], path: string): Json[] {
  rejectRepeatedFunctions(tools, path);
  return tools.map((tool, index) => {
    if (!isJsonObject(tool)) return tool;
    const toolPath = `${path}[${index}]`;
    const type = normalizeToolType(rules, tool['type'], `${toolPath}.type`);
    const definition = tool['function'];
    if (rules.dialect === 'v1' && isJsonObject(definition) && Object.hasOwn(definition, 'strict')) {
      throw unknownParameter(`${toolPath}.function.strict`);
    }
    return { ...tool, type };
  });
}

/** Model servers refuse every run with two functions of one name. */
function rejectRepeatedFunctions(tools: Json[], path: string): void {
  const names = new Set<string>();
  for (const [index, tool] of tools.entries()) {
    const definition = isJsonObject(tool) ? tool['function'] : undefined;
    const name = isJsonObject(definition) ? definition['name'] : undefined;
    if (typeof name !== 'string') continue;
    if (names.has(name)) {
      throw badRequest(
        `Two functions have the name '${name}'. Give each function a name of its own.`,
        { param: `${path}[${index}].function.name`, code: 'invalid_value' },
      );
    }
    names.add(name);
  }
}

/** Changes `body`. */
function normalizeToolChoice(rules: BodyRules, body: JsonObject, path: string): void {
  const { tool_choice: choice } = body;
  if (choice === 'required' && rules.dialect === 'v1') {
    throw invalidValue(`${path}tool_choice`, choice, ['none', 'auto']);
  }
  if (isJsonObject(choice)) {
    const type = normalizeToolType(rules, choice['type'], `${path}tool_choice.type`);
    body['tool_choice'] = { ...choice, type };
  }
}

/** Changes `message`. */
function normalizeMessageFields(rules: BodyRules, message: JsonObject, path: string): void {
  if (rules.dialect === 'v1' && isJsonArray(message['content']))
    throw invalidType(`${path}content`, 'a string', 'an array');
  const { file_ids: fileIds, attachments } = message;
  if (isJsonArray(fileIds)) {
    delete message['file_ids'];
    message['attachments'] = fileIds.map((id) => ({
      file_id: id,
      tools: [{ type: 'file_search' }],
    }));
  } else if (isJsonArray(attachments)) {
    message['attachments'] = normalizeAttachments(rules, attachments, `${path}attachments`);
  }
}

function normalizeAttachments(rules: BodyRules, attachments: Json[], path: string): Json[] {
  return attachments.map((attachment, index) => {
    if (!isJsonObject(attachment) || !isJsonArray(attachment['tools'])) return attachment;
    const tools = normalizeTools(rules, attachment['tools'], `${path}[${index}].tools`);
    return { ...attachment, tools };
  });
}

function normalizeToolType(rules: BodyRules, type: Json | undefined, path: string): Json {
  if (type === 'code_interpreter') {
    if (rules.unsupportedTools === 'ignore') return type;
    throw unsupportedCodeInterpreter(path);
  }
  if (typeof type !== 'string' || !TOOL_TYPES[rules.dialect].includes(type)) {
    const shown = typeof type === 'string' ? type : JSON.stringify(type ?? null);
    throw invalidValue(path, shown, TOOL_TYPES[rules.dialect]);
  }
  return type === 'retrieval' ? 'file_search' : type;
}

function rejectCodeInterpreterFiles(toolResources: Json | undefined, path: string): void {
  if (!isJsonObject(toolResources) || !isJsonObject(toolResources['code_interpreter'])) return;
  const fileIds = toolResources['code_interpreter']['file_ids'];
  if (isJsonArray(fileIds) && fileIds.length > 0)
    throw unsupportedCodeInterpreter(`${path}.code_interpreter`);
}

function unsupportedCodeInterpreter(param: string) {
  return badRequest(
    "The tool 'code_interpreter' is not available, because this server has no sandbox to run code in. Remove the tool, or start the server with --unsupported-tools ignore (option `unsupportedTools: 'ignore'`): it then accepts the tool and does not offer it to the model.",
    { param, code: 'unsupported_tool' },
  );
}
