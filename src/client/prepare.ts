import { isId } from '../protocol/ids.js';
import type { OperationId } from '../protocol/types.js';
import { AssistantsError } from './errors.js';
import { getOperation } from './operations.js';

/** Params in the form that openapi-fetch takes. */
export interface PreparedRequest {
  params: { path: Record<string, string>; query: object };
  body: unknown;
}

/**
 * Checks the ids of the params, and sorts them into path, query and body.
 *
 * @throws AssistantsError of kind 'invalid-id', before anything is sent.
 */
export function prepareRequest(
  id: OperationId,
  params: object,
  fixedQuery?: Record<string, string>,
): PreparedRequest {
  const given: Record<string, unknown> = { ...params };
  const path: Record<string, string> = {};
  for (const [, name = ''] of getOperation(id).path.matchAll(/\{(\w+)\}/g)) {
    const value = given[name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())];
    if (!isId(value)) {
      const shown =
        typeof value === 'string'
          ? JSON.stringify(value.slice(0, 40))
          : value === null
            ? 'null'
            : typeof value;
      const rule = 'Ids are letters, digits, - and _, at most 128 of them.';
      throw new AssistantsError('invalid-id', `${id}: ${shown} cannot be a ${name}. ${rule}`, {
        operation: id,
        param: name,
      });
    }
    path[name] = value;
  }
  const query = { ...fixedQuery, ...(given['query'] as object | undefined) };
  return {
    params: { path, query },
    body: id === 'uploadFile' ? form(given['body']) : given['body'],
  };
}

function form(body: unknown): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(body as Record<string, string | Blob | undefined>)) {
    if (value !== undefined) data.append(name, value);
  }
  return data;
}
