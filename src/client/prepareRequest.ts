import { isId } from '../protocol/isId.js';
import type { OperationId } from '../protocol/types.js';
import { AssistantsError } from './AssistantsError.js';
import { getOperation } from './operations.js';

/** Parameters in the form that openapi-fetch takes. */
export interface PreparedRequest {
  params: { path: Record<string, string>; query: object };
  body: unknown;
}

/**
 * Validates the ids of the parameters and sorts the parameters into path, query and body.
 *
 * @param fixedQuery Added to the query. Parameters of the same name replace it.
 * @throws AssistantsError of kind 'invalid-id' if an id is missing or would change the path.
 */
export function prepareRequest(
  operationId: OperationId,
  params: object,
  fixedQuery?: Record<string, string>,
): PreparedRequest {
  const fields: Record<string, unknown> = { ...params };
  const path: Record<string, string> = {};
  for (const [, name = ''] of getOperation(operationId).path.matchAll(/\{(\w+)\}/g)) {
    const id = fields[toCamelCase(name)];
    if (!isId(id)) throw createInvalidIdError(operationId, name, id);
    path[name] = id;
  }
  // `OperationParams` types both. Callers without types get the validation of the server.
  const query = { ...fixedQuery, ...(fields['query'] as object | undefined) };
  const body = operationId === 'uploadFile' ? toFormData(fields['body']) : fields['body'];
  return { params: { path, query }, body };
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
