import { isId } from '../protocol/isId.js';
import type { OperationId } from '../protocol/types.js';
import type { AssistantsClientOptions } from './AssistantsClient.js';
import { AssistantsError } from './AssistantsError.js';
import { getOperation } from './operations.js';
import { resolveBaseUrl } from './resolveBaseUrl.js';

/** A request without its headers. */
export interface PreparedRequest {
  /** Absolute URL with the query. */
  url: string;
  /** A form for uploads, otherwise a value for JSON. */
  body: unknown;
  /** Parameters of the path and the query, for middleware. */
  params: { path: Record<string, string>; query: object };
}

/**
 * Validates the ids of the parameters and builds the URL and the body.
 *
 * @param options Options of the client. Parameters replace those of its `query` with the same name.
 * @throws AssistantsError of kind 'invalid-id' if an id is missing or would change the path.
 */
export function prepareRequest(
  operationId: OperationId,
  params: object,
  options: AssistantsClientOptions,
): PreparedRequest {
  const fields: Record<string, unknown> = { ...params };
  const path: Record<string, string> = {};
  const pathname = getOperation(operationId).path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = fields[toCamelCase(name)];
    if (!isId(id)) throw createInvalidIdError(operationId, name, id);
    path[name] = id;
    return id;
  });
  // `OperationParams` types both. Callers without types get the validation of the server.
  const query = {
    ...options.query,
    ...(fields['query'] as Record<string, QueryValue> | undefined),
  };
  const body = fields['body'];
  return {
    url: resolveBaseUrl(options) + pathname + toSearch(query),
    body: operationId === 'uploadFile' ? toFormData(body) : body,
    params: { path, query },
  };
}

type QueryValue = string | number | boolean | null | undefined;

/** Repeats the name for each entry of a list. Leaves out null and undefined. */
function toSearch(query: Record<string, QueryValue | QueryValue[]>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const entry of [value].flat())
      if (entry !== null && entry !== undefined) search.append(name, String(entry));
  // Not every server reads a plus sign as a space.
  const text = search.toString().replaceAll('+', '%20');
  return text === '' ? '' : `?${text}`;
}

function createInvalidIdError(
  operationId: OperationId,
  param: string,
  value: unknown,
): AssistantsError {
  const message = `${operationId} was not sent: ${describeValue(value)} is not a valid ${param}.`;
  return new AssistantsError('invalid-id', message, { operation: operationId, param });
}

/** JSON escapes control characters. Long values are truncated. */
function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  return value === null ? 'null' : typeof value;
}

function toCamelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function toFormData(body: unknown): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(body as Record<string, string | Blob | undefined>)) {
    if (value !== undefined) data.append(name, value);
  }
  return data;
}
