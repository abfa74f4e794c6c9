import { invalidApiKey } from '../../domain/errors.js';

/** Reads the API key from `Authorization: Bearer KEY`, or from `api-key: KEY`, which other servers of this API accept. */
export function readApiKey(headers: Headers): string | undefined {
  const bearer = /^Bearer +(.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  return bearer ?? headers.get('api-key') ?? undefined;
}

/** @throws HttpError 401 if the request has none of these API keys. */
export function checkApiKey(headers: Headers, apiKeys: readonly string[]): void {
  const given = readApiKey(headers);
  if (given === undefined) throw invalidApiKey(true);
  if (!apiKeys.some((apiKey) => isEqualConstantTime(apiKey, given))) throw invalidApiKey(false);
}

/** Compares in a time that does not depend on the position of the first difference. */
function isEqualConstantTime(apiKey: string, given: string): boolean {
  let difference = apiKey.length ^ given.length;
  for (let index = 0; index < apiKey.length; index++)
    difference |= apiKey.charCodeAt(index) ^ given.charCodeAt(index);
  return difference === 0;
}
