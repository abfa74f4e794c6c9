import { badRequest, requestTooLarge } from '../../domain/errors.js';
import type { Json } from './json.js';

/** Maximum nesting of a JSON body. Far more than any request needs, and far less than what overflows the stack. */
const MAX_DEPTH = 128;
/** Limits the work of validation: reporting a million violations would block the event loop for seconds. */
const MAX_PROPERTIES = 10_000;
const MAX_ITEMS = 100_000;

/**
 * Reads the JSON body of a request. Returns `{}` for an empty body.
 * @throws HttpError 400 if it is not JSON, 413 if it exceeds the limit.
 */
export async function readJson(request: Request, limitBytes: number): Promise<Json> {
  const bytes = await readBytes(request, limitBytes);
  if (bytes.length === 0) return {};
  assertContentType(request, 'application/json');
  const body = parseJson(bytes);
  const excess = findExcess(body);
  if (excess !== undefined) throw badRequest(`The JSON body ${excess}.`, { code: 'invalid_json' });
  return body;
}

/**
 * Reads the multipart form of a request.
 * @throws HttpError 400 if it is not a form, 413 if it exceeds the limit.
 */
export async function readForm(request: Request, limitBytes: number): Promise<FormData> {
  assertContentType(request, 'multipart/form-data');
  const bytes = await readBytes(request, limitBytes);
  const contentType = request.headers.get('content-type') ?? '';
  try {
    return await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw badRequest('We could not parse the multipart form of your request.', {
      code: 'invalid_form',
    });
  }
}

function parseJson(bytes: Uint8Array<ArrayBuffer>): Json {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // JSON.parse returns Json by definition. validateBody checks it against the schema of the operation.
    return JSON.parse(text) as Json;
  } catch {
    throw badRequest(
      'We could not parse the JSON body of your request. The API expects a JSON payload, as UTF-8.',
      { code: 'invalid_json' },
    );
  }
}

/** Counts bytes as they arrive, because a Content-Length header may be missing or wrong. */
async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length')) > limitBytes) throw requestTooLarge(limitBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Safari does not support async iteration of streams.
  const reader = request.body?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    length += read.value.length;
    if (length > limitBytes) {
      await reader?.cancel();
      throw requestTooLarge(limitBytes);
    }
    chunks.push(read.value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function assertContentType(request: Request, expected: string): void {
  const contentType = request.headers.get('content-type') ?? '';
  const [mediaType = ''] = contentType.split(';', 1);
  if (mediaType.trim().toLowerCase() === expected) return;
  throw badRequest(
    `Unsupported content type: '${contentType}'. This operation only accepts '${expected}' requests.`,
    { code: 'unsupported_content_type' },
  );
}

/** Describes the first limit that a body exceeds, to complete "The JSON body …". */
function findExcess(body: Json): string | undefined {
  // Level by level instead of recursively, because the body may be nested deeper than the stack.
  let level: Json[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return `nests deeper than ${MAX_DEPTH} levels`;
    const nextLevel: Json[][] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const children = Object.values(value);
      if (Array.isArray(value) && children.length > MAX_ITEMS)
        return `has a list of more than ${MAX_ITEMS} items`;
      if (!Array.isArray(value) && children.length > MAX_PROPERTIES)
        return `has an object of more than ${MAX_PROPERTIES} properties`;
      nextLevel.push(children);
    }
    level = nextLevel.flat();
  }
  return undefined;
}
