import type { OperationId } from '../protocol/types.js';
import { normalizeResponse } from './normalize.js';
import { createResponseError } from './createResponseError.js';

/** Limit for one JSON response. A page of 100 messages of the maximum length has about 25 MB. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Limit for the body of an error response. Larger ones are left out. */
export const MAX_ERROR_BYTES = 1024 * 1024;

/**
 * Deeper JSON would exceed the call stack of code that compares or prints it. No server nests its objects more than 20
 * levels.
 */
const MAX_DEPTH = 200;

/**
 * Reads the JSON object of a successful response, in the shape that its type describes.
 *
 * @param params Parameters of the request.
 * @throws AssistantsError of kind 'protocol' if the response is not from this API, or is too large.
 */
export async function readResponse(
  operationId: OperationId,
  params: object,
  response: Response,
): Promise<object> {
  const value = parseJson((await readText(response, MAX_BYTES)) ?? '');
  const normalized = await normalizeResponse(operationId, params, value);
  if (normalized === undefined) throw await createResponseError(operationId, { response });
  return normalized;
}

/** Returns undefined for a text that is not JSON, or that is nested too deeply. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeperThan(value, MAX_DEPTH) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Reads the body as text. Undefined if it exceeds the limit; the rest is not read then. */
export async function readText({ body }: Response, maxBytes: number): Promise<string | undefined> {
  const reader = body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  while (true) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      void reader.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((entry) => isDeeperThan(entry, depth - 1));
}
