import { createByteBuffer } from '../../../common/createByteBuffer.js';
import { measureJson } from '../../../common/measureJson.js';
import { badRequest, type HttpError, requestTooLarge, shorten } from '../../domain/errors.js';
import { countParts } from './countParts.js';
import type { Json } from './json.js';

/**
 * Limits for a JSON body, counted before it is parsed, because parsing and validating a million values would block the event
 * loop for seconds. The nesting is far more than any request needs, and far less than what overflows the stack.
 */
const JSON_LIMITS = { depth: 64, values: 20_000 };
/** Maximum number of fields in a multipart form. */
const MAX_PARTS = 20;

/**
 * Reads the JSON body of a request. Returns `{}` for an empty body.
 * @throws HttpError 400 if it is not JSON, 413 if it exceeds the limit.
 */
export async function readJson(request: Request, limitBytes: number): Promise<Json> {
  const bytes = await readBytes(request, limitBytes);
  if (bytes.length === 0) return {};
  assertContentType(request, 'application/json');
  return parseJson(bytes);
}

/**
 * Reads the multipart form of a request.
 * @throws HttpError 400 if it is not a form, 413 if it exceeds the limit.
 */
export async function readForm(request: Request, limitBytes: number): Promise<FormData> {
  assertContentType(request, 'multipart/form-data');
  const bytes = await readBytes(request, limitBytes);
  const contentType = request.headers.get('content-type') ?? '';
  if (countParts(bytes, contentType, MAX_PARTS) > MAX_PARTS) {
    throw badRequest(`The multipart form has more than ${MAX_PARTS} parts.`, {
      code: 'invalid_form',
    });
  }
  try {
    return await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw badRequest('We could not parse the multipart form of your request.', {
      code: 'invalid_form',
    });
  }
}

function parseJson(bytes: Uint8Array<ArrayBuffer>): Json {
  const text = decodeJson(bytes);
  const exceeded = measureJson(text, JSON_LIMITS);
  if (exceeded !== undefined) throw describeExcess(exceeded);
  try {
    // JSON.parse returns Json by definition. validateBody checks it against the schema of the operation.
    return JSON.parse(text) as Json;
  } catch {
    throw invalidJson();
  }
}

function decodeJson(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidJson();
  }
}

function invalidJson(): HttpError {
  return badRequest(
    'We could not parse the JSON body of your request. The API expects a JSON payload, as UTF-8.',
    { code: 'invalid_json' },
  );
}

function describeExcess(exceeded: keyof typeof JSON_LIMITS): HttpError {
  const excess =
    exceeded === 'depth'
      ? `nests deeper than ${JSON_LIMITS.depth} levels`
      : `has more than ${JSON_LIMITS.values} values and property names`;
  return badRequest(`The JSON body ${excess}.`, { code: 'invalid_json' });
}

/** Counts bytes as they arrive, because a Content-Length header may be missing or wrong. */
async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length')) > limitBytes) throw requestTooLarge(limitBytes);
  const buffer = createByteBuffer();
  // Safari does not support async iteration of streams.
  const reader = request.body?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    if (buffer.getLength() + read.value.length > limitBytes) {
      await reader?.cancel();
      throw requestTooLarge(limitBytes);
    }
    buffer.add(read.value);
  }
  return buffer.take();
}

function assertContentType(request: Request, expected: string): void {
  const contentType = request.headers.get('content-type') ?? '';
  const [mediaType = ''] = contentType.split(';', 1);
  if (mediaType.trim().toLowerCase() === expected) return;
  throw badRequest(
    `Unsupported content type: '${shorten(contentType)}'. This operation only accepts '${expected}' requests.`,
    { code: 'unsupported_content_type' },
  );
}
