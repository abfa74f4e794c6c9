import { invalidApiKey } from '../../domain/errors.js';

/** The key of a request: `Authorization: Bearer KEY`, or `api-key: KEY` as other servers of this API take it. */
export function readApiKey(headers: Headers): string | undefined {
  const bearer = /^Bearer +(.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  return bearer ?? headers.get('api-key') ?? undefined;
}

/** @throws HttpError 401 when the key of a request is none of these */
export function checkApiKey(headers: Headers, keys: readonly string[]): void {
  const given = readApiKey(headers);
  if (given === undefined || !keys.some((key) => isEqualConstantTime(key, given)))
    throw invalidApiKey(given !== undefined);
}

/** Takes as long whether the first character differs or the last. */
function isEqualConstantTime(key: string, given: string): boolean {
  let difference = key.length ^ given.length;
  for (let index = 0; index < key.length; index++)
    difference |= key.charCodeAt(index) ^ given.charCodeAt(index);
  return difference === 0;
}
