import { createErrorBody } from '../protocol/createErrorBody.js';
import type { OperationId, WireError } from '../protocol/types.js';
import { createBadGateway } from './errorResponses.js';
import { readMediaType } from './requestChecks.js';

/** Headers that are forwarded to the caller. No cookies, and nothing about the key or its organization. */
const RESPONSE_HEADERS = [
  'idempotent-replayed',
  'openai-poll-after-ms',
  'openai-processing-ms',
  'openai-version',
  'retry-after',
  'retry-after-ms',
  'x-request-id',
  'x-should-retry',
];

/** Prefixes of keys, organizations and projects. */
const SECRETS = /\b(?:sk|org|proj)[-_][\w*.-]+/g;

const ERROR_FIELDS = ['message', 'type', 'param', 'code'] as const;

/**
 * Forwards a response with the content type that its operation has, so that no foreign page or script runs in the origin of
 * the app. Files are forwarded as downloads.
 */
export async function relayResponse(upstream: Response, operation: OperationId): Promise<Response> {
  const headers = pickHeaders(upstream.headers);
  if (upstream.status >= 400) return relayError(upstream, headers);
  const type = readMediaType(upstream.headers);
  if (upstream.ok && operation === 'getFileContent') {
    headers['content-disposition'] = toAttachment(upstream.headers.get('content-disposition'));
    headers['content-type'] = 'application/octet-stream';
  } else if (upstream.ok && (type === 'application/json' || type === 'text/event-stream')) {
    headers['content-type'] = type;
  } else {
    await upstream.body?.cancel();
    return createBadGateway('The upstream server sent a response that is not part of the API.');
  }
  return new Response(upstream.body, { status: upstream.status, headers });
}

function pickHeaders(upstream: Headers): Record<string, string> {
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  for (const [name, value] of upstream) {
    if (RESPONSE_HEADERS.includes(name) || name.startsWith('x-ratelimit-')) headers[name] = value;
  }
  return headers;
}

function toAttachment(disposition: string | null): string {
  return disposition?.startsWith('attachment') ? disposition : 'attachment';
}

/**
 * Rebuilds an error response from the fields of the API, without names of keys and organizations. A rejected key is a problem
 * of the operator, so the caller gets a 502.
 */
async function relayError(upstream: Response, headers: Record<string, string>): Promise<Response> {
  if (upstream.status === 401 || upstream.status === 403) {
    await upstream.body?.cancel();
    return createBadGateway('The upstream server rejected the key of the proxy.');
  }
  const { message, type, param, code } = readError(await upstream.text());
  const text = message ?? `The upstream server responded with status ${upstream.status}.`;
  const body = createErrorBody(text.replaceAll(SECRETS, '***'), {
    type: type ?? (upstream.status >= 500 ? 'server_error' : 'invalid_request_error'),
    param: param ?? null,
    code: code ?? null,
  });
  return Response.json(body, { status: upstream.status, headers });
}

function readError(text: string): Partial<Record<keyof WireError, string>> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // HTML pages and plain texts contain nothing that a client of the API could use.
    return {};
  }
  const error = toRecord(toRecord(body)['error']);
  const found: Partial<Record<keyof WireError, string>> = {};
  for (const name of ERROR_FIELDS) {
    const value = error[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
