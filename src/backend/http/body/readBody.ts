import type { Json } from './normalizeBody.js';
import { badRequest, requestTooLarge } from '../../domain/errors.js';

/** How deep a JSON body may nest: far more than any request needs, far less than a stack holds. */
const MAX_DEPTH = 128;
/** How much an object and a list in it may hold: to tell a million faults takes seconds, in which nobody else is served. */
const MAX_PROPERTIES = 10_000;
const MAX_ITEMS = 100_000;

/**
 * The JSON of a request; `{}` when there is no body.
 * @throws HttpError 400 when it is no JSON, 413 when it is longer than the limit
 */
export async function readJson(request: Request, limitBytes: number): Promise<Json> {
  const bytes = await readBytes(request, limitBytes);
  if (bytes.length === 0) return {};
  requireType(request, 'application/json');
  let body: Json;
  try {
    // What JSON.parse gives is Json; whether it fits the operation is asked next.
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    throw badRequest(
      'We could not parse the JSON body of your request. The API expects a JSON payload, as UTF-8.',
      {
        code: 'invalid_json',
      },
    );
  }
  const excess = findExcess(body);
  if (excess !== undefined) throw badRequest(`The JSON body ${excess}.`, { code: 'invalid_json' });
  return body;
}

/**
 * The form of a request.
 * @throws HttpError 400 when it is no form, 413 when it is longer than the limit
 */
export async function readForm(request: Request, limitBytes: number): Promise<FormData> {
  requireType(request, 'multipart/form-data');
  const bytes = await readBytes(request, limitBytes);
  const type = request.headers.get('content-type') ?? '';
  try {
    return await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch {
    throw badRequest('We could not parse the multipart form of your request.', {
      code: 'invalid_form',
    });
  }
}

/** Bytes are counted as they arrive: a Content-Length may be missing, or wrong. */
async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length')) > limitBytes) throw requestTooLarge(limitBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Safari has no async iteration over streams.
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

function requireType(request: Request, expected: string): void {
  const given = request.headers.get('content-type') ?? '';
  if (given.split(';', 1).join().trim().toLowerCase() === expected) return;
  throw badRequest(
    `Unsupported content type: '${given}'. This operation only accepts '${expected}' requests.`,
    {
      code: 'unsupported_content_type',
    },
  );
}

/** What of a body is beyond measure, as the end of a sentence. */
function findExcess(body: Json): string | undefined {
  let level: Json[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return `nests deeper than ${MAX_DEPTH} levels`;
    const below: Json[][] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const children = Object.values(value);
      if (Array.isArray(value) && children.length > MAX_ITEMS)
        return `has a list of more than ${MAX_ITEMS} items`;
      if (!Array.isArray(value) && children.length > MAX_PROPERTIES)
        return `has an object of more than ${MAX_PROPERTIES} properties`;
      below.push(children);
    }
    level = below.flat();
  }
  return undefined;
}
