import { isRecord } from '../../common/isRecord.js';
import type { OperationId } from '../../protocol/types.js';
import type { Deadline } from '../createDeadline.js';
import { createDenied, ProxyFailure } from '../ProxyFailure.js';
import type { Settings } from '../readOptions.js';
import { readLimited } from './readLimited.js';
import { readMediaType } from './requestChecks.js';

/** Body of a request that was read and parsed. */
export interface ParsedBody {
  /** Parsed JSON object, or the fields of an upload. Undefined for a request without a body. */
  fields: Readonly<Record<string, unknown>> | undefined;
  /**
   * Body for the upstream server. It is built from the parsed one: nothing passes that a parser would read differently, such as
   * a key that occurs twice.
   */
  forwarded: string | FormData | undefined;
}

const MAX_DEPTH = 64;

/** Reads the body of a request. Throws a ProxyFailure if it is too large, too slow or malformed. */
export async function readBody(
  request: Request,
  operation: OperationId,
  settings: Pick<Settings, 'limits' | 'policy'>,
  deadline: Deadline,
): Promise<ParsedBody> {
  if (request.body === null) return { fields: undefined, forwarded: undefined };
  const isUpload = operation === 'uploadFile';
  const expected = isUpload ? 'multipart/form-data' : 'application/json';
  const type = readMediaType(request.headers);
  if (type !== expected && type !== '') throw createUnsupportedType();
  const { limits } = settings;
  const maxBytes = isUpload ? limits.uploadBytes : limits.bodyBytes;
  const body = await readLimited(request.body, deadline, {
    maxBytes,
    silenceMs: limits.silenceMs,
    createBroken: (cause) =>
      new ProxyFailure(400, 'The request broke off before the end of its body.', { cause }),
    createTooLarge: () =>
      new ProxyFailure(413, `The request body is larger than ${maxBytes} bytes.`, {
        code: 'request_too_large',
      }),
    createTooSlow: () =>
      new ProxyFailure(408, `The request sent no data for ${limits.silenceMs / 1000} s.`),
  });
  if (type === '') {
    // Servers of Node give a request without a body an empty stream.
    if (body.length > 0) throw createUnsupportedType();
    return { fields: undefined, forwarded: undefined };
  }
  if (isUpload) return parseUpload(body, request.headers, settings);
  return parseJson(body);
}

/** Forms of other pages can send text and files without a CORS preflight, but no JSON. */
function createUnsupportedType(): ProxyFailure {
  const message = 'Send the body as application/json, or a file as multipart/form-data.';
  return new ProxyFailure(400, message, { code: 'unsupported_content_type' });
}

function parseJson(bytes: Uint8Array): ParsedBody {
  if (bytes.length === 0) return { fields: undefined, forwarded: undefined };
  let fields: unknown;
  try {
    fields = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ProxyFailure(400, 'The request body is not JSON in UTF-8.', { code: 'invalid_json' });
  }
  if (!isRecord(fields) || isDeeperThan(fields, MAX_DEPTH)) {
    const message = `The request body must be a JSON object with at most ${MAX_DEPTH} levels.`;
    throw new ProxyFailure(400, message, { code: 'invalid_json' });
  }
  return { fields, forwarded: JSON.stringify(fields) };
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((item) => isDeeperThan(item, depth - 1));
}

async function parseUpload(
  body: Uint8Array<ArrayBuffer>,
  headers: Headers,
  { policy }: Pick<Settings, 'policy'>,
): Promise<ParsedBody> {
  let form: FormData;
  try {
    // Only the content type is needed: it names the boundary of the parts.
    const type = headers.get('content-type') ?? '';
    form = await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    throw new ProxyFailure(400, 'The request body is not a multipart form.');
  }
  const names = [...form.keys()];
  const unknown = names.find((name) => name !== 'file' && name !== 'purpose');
  if (unknown !== undefined) throw createDenied('uploadFile', unknown);
  const file = form.get('file');
  const purpose = form.get('purpose');
  const hasFile = file !== null && typeof file !== 'string';
  if (names.length !== 2 || typeof purpose !== 'string' || !hasFile) {
    throw new ProxyFailure(400, 'The form must have one file and one purpose.');
  }
  const purposes = policy.purposes ?? ['assistants', 'vision', 'user_data'];
  if (!purposes.includes(purpose)) throw createDenied('uploadFile', 'purpose');
  return { fields: { file, purpose }, forwarded: form };
}
