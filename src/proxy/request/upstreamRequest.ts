import { acceptsReasoning, REASONING_ACCEPT } from '../../protocol/extensions.js';
import { isId } from '../../protocol/isId.js';
import type { MatchedOperation } from '../../protocol/matchOperation.js';
import { operationPaths } from '../../protocol/operationPaths.js';
import { createDenied, ProxyFailure } from '../ProxyFailure.js';
import type { Settings } from '../readOptions.js';

const MAX_KEY_LENGTH = 255;
const API_VERSION = /^assistants=v\d{1,2}$/;

/** Query parameters that are forwarded, with the values that they may have. */
const QUERY_PARAMETERS: Readonly<Record<string, (value: string) => boolean>> = {
  after: isId,
  before: isId,
  run_id: isId,
  limit: (value) => /^\d{1,5}$/.test(value),
  order: (value) => value === 'asc' || value === 'desc',
  purpose: (value) => /^[\w-]{1,64}$/.test(value),
  stream: (value) => value === 'true',
  starting_after: (value) => /^\d{1,15}$/.test(value),
  'include[]': (value) => /^[\w.*[\]]{1,128}$/.test(value),
};

/** Builds the upstream URL from the matched operation. Nothing of the caller's path is copied. */
export function buildUpstreamUrl(
  request: Request,
  { operation, params }: MatchedOperation,
  { upstream, policy }: Pick<Settings, 'upstream' | 'policy'>,
): URL {
  const url = new URL(upstream);
  const path = operationPaths[operation].path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => params[name] ?? '',
  );
  url.pathname = url.pathname.replace(/\/+$/, '') + path;
  const query = new URL(request.url).searchParams;
  for (const [name, isValid] of Object.entries(QUERY_PARAMETERS)) {
    // The first value counts, so that servers that read the first and the last one agree.
    const [value] = query.getAll(name);
    if (value === undefined) continue;
    if (!isValid(value)) throw createInvalidQuery(name);
    if (name === 'include[]' && policy.searchResults !== true) throw createDenied(operation, name);
    url.searchParams.append(name, value);
  }
  return url;
}

/** Creates the failure for a query parameter that must not be forwarded. */
export function createInvalidQuery(name: string): ProxyFailure {
  return new ProxyFailure(400, `The query parameter '${name}' is not valid.`, {
    param: name,
    code: 'invalid_value',
  });
}

/**
 * Builds the upstream headers: what the caller accepts, the version of the API, the idempotency key, the key of the proxy and
 * its `headers`. Cookies, keys and addresses of the caller are left out.
 *
 * Returns the values of the own headers, too, because an error of the server may quote them.
 *
 * @param user Undefined if the proxy does not know its users.
 */
export async function buildUpstreamHeaders(
  request: Request,
  user: string | undefined,
  { apiKey, headers }: Pick<Settings, 'apiKey' | 'headers'>,
): Promise<{ sent: Headers; secrets: string[]; values: string[] }> {
  const sent = new Headers({ accept: getAccept(request) });
  const version = request.headers.get('openai-beta');
  if (version !== null && API_VERSION.test(version)) sent.set('openai-beta', version);
  const idempotencyKey = request.headers.get('idempotency-key');
  if (idempotencyKey !== null) {
    sent.set('idempotency-key', await scopeKey(idempotencyKey, user));
  }
  if (apiKey !== undefined) sent.set('authorization', `Bearer ${apiKey}`);
  const own = typeof headers === 'function' ? await headers(request) : (headers ?? {});
  for (const [name, value] of Object.entries(own)) sent.set(name, value);
  const isSecret = (name: string) => /auth|key|token|secret|cookie/i.test(name);
  return {
    sent,
    secrets: Object.keys(own)
      .filter(isSecret)
      .flatMap((name) => own[name] ?? []),
    values: Object.values(own),
  };
}

function getAccept(request: Request): string {
  const accepted = request.headers.get('accept') ?? '*/*';
  if (!accepted.includes('event-stream')) return '*/*';
  return acceptsReasoning(request.headers)
    ? `text/event-stream, ${REASONING_ACCEPT}, application/json`
    : 'text/event-stream, application/json';
}

/** Keys of different users must not collide, or one would get the response of the other. */
async function scopeKey(key: string, user: string | undefined): Promise<string> {
  if (key.length > MAX_KEY_LENGTH) {
    throw new ProxyFailure(400, `The Idempotency-Key is longer than ${MAX_KEY_LENGTH} characters.`);
  }
  if (user === undefined) return key;
  const bytes = new TextEncoder().encode(JSON.stringify([user, key]));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
