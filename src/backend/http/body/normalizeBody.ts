import type { OperationId } from '../../../protocol/types.js';
import { badRequest, invalidType, invalidValue, unknownParameter } from '../../domain/errors.js';
import type { Dialect } from '../operations.js';

/** What JSON.parse gives. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** An object that JSON.parse gives. */
export interface JsonObject {
  [key: string]: Json;
}

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

/** The fields that only one version has. */
const FIELDS: Record<Dialect, Record<Kind, readonly string[]>> = {
  v1: { assistant: ['file_ids'], thread: [], message: ['file_ids'], run: [] },
  v2: {
    assistant: ['tool_resources', 'temperature', 'top_p', 'response_format', 'reasoning_effort'],
    thread: ['tool_resources'],
    message: ['attachments'],
    run: ['tool_resources', 'top_p', 'parallel_tool_calls', 'reasoning_effort'],
  },
};

const TOOLS: Record<Dialect, readonly string[]> = {
  v1: ['function', 'retrieval'],
  v2: ['function', 'file_search'],
};

/**
 * A valid body in the words of version 2: see Call. Fields and tools of the other version are refused, and so is
 * `code_interpreter`: there is no sandbox to run code in.
 * @throws HttpError 400
 */
export function normalizeBody(
  dialect: Dialect,
  operation: OperationId,
  body: JsonObject,
): JsonObject {
  const kind = KINDS[operation];
  return kind === undefined ? body : accept(dialect, kind, body, '');
}

function accept(dialect: Dialect, kind: Kind, body: JsonObject, path: string): JsonObject {
  for (const field of FIELDS[dialect === 'v1' ? 'v2' : 'v1'][kind]) {
    if (Object.hasOwn(body, field)) throw unknownParameter(path + field);
  }
  // Spread defines each field anew, so a `__proto__` in the body stays a field.
  const accepted: JsonObject = { ...body };
  if (isArray(body['tools']))
    accepted['tools'] = acceptTools(dialect, body['tools'], `${path}tools`);
  if (isObject(body['thread']))
    accepted['thread'] = accept(dialect, 'thread', body['thread'], `${path}thread.`);
  for (const field of ['messages', 'additional_messages']) {
    const messages = body[field];
    if (!isArray(messages)) continue;
    accepted[field] = messages.map((message, index) =>
      isObject(message)
        ? accept(dialect, 'message', message, `${path}${field}[${index}].`)
        : message,
    );
  }
  refuseCodeFiles(body['tool_resources'], `${path}tool_resources`);
  if (kind === 'run') acceptToolChoice(dialect, accepted, path);
  if (kind === 'message') acceptMessage(dialect, accepted, path);
  return accepted;
}

function acceptTools(dialect: Dialect, tools: Json[], path: string): Json[] {
  return tools.map((tool, index) => {
    if (!isObject(tool)) return tool;
    const place = `${path}[${index}]`;
    const type = acceptType(dialect, tool['type'], `${place}.type`);
    const definition = tool['function'];
    if (dialect === 'v1' && isObject(definition) && Object.hasOwn(definition, 'strict')) {
      throw unknownParameter(`${place}.function.strict`);
    }
    return { ...tool, type };
  });
}

function acceptToolChoice(dialect: Dialect, body: JsonObject, path: string): void {
  const choice = body['tool_choice'];
  if (choice === 'required' && dialect === 'v1') {
    throw invalidValue(`${path}tool_choice`, choice, ['none', 'auto']);
  }
  if (isObject(choice)) {
    body['tool_choice'] = {
      ...choice,
      type: acceptType(dialect, choice['type'], `${path}tool_choice.type`),
    };
  }
}

function acceptMessage(dialect: Dialect, message: JsonObject, path: string): void {
  if (dialect === 'v1' && isArray(message['content']))
    throw invalidType(`${path}content`, 'a string', 'an array');
  const { file_ids: fileIds, attachments } = message;
  if (isArray(fileIds)) {
    delete message['file_ids'];
    message['attachments'] = fileIds.map((id) => ({
      file_id: id,
      tools: [{ type: 'file_search' }],
    }));
  } else if (isArray(attachments)) {
    message['attachments'] = attachments.map((attachment, index) => {
      if (!isObject(attachment) || !isArray(attachment['tools'])) return attachment;
      return {
        ...attachment,
        tools: acceptTools(dialect, attachment['tools'], `${path}attachments[${index}].tools`),
      };
    });
  }
}

function acceptType(dialect: Dialect, type: Json | undefined, path: string): Json {
  if (type === 'code_interpreter') {
    throw badRequest(
      "The tool 'code_interpreter' is not available: this server has no sandbox to run code in.",
      {
        param: path,
        code: 'unsupported_tool',
      },
    );
  }
  if (typeof type !== 'string' || !TOOLS[dialect].includes(type)) {
    throw invalidValue(
      path,
      typeof type === 'string' ? type : JSON.stringify(type ?? null),
      TOOLS[dialect],
    );
  }
  return type === 'retrieval' ? 'file_search' : type;
}

function refuseCodeFiles(resources: Json | undefined, path: string): void {
  if (!isObject(resources) || !isObject(resources['code_interpreter'])) return;
  const fileIds = resources['code_interpreter']['file_ids'];
  if (isArray(fileIds) && fileIds.length > 0)
    acceptType('v2', 'code_interpreter', `${path}.code_interpreter`);
}

function isArray(value: Json | undefined): value is Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
