import type { MatchedOperation } from '../protocol/matchOperation.js';
import { operationPaths } from '../protocol/operationPaths.js';
import type { ProxyOptions } from './ProxyOptions.js';

/** Headers that are forwarded to the upstream server. Cookies, keys and addresses of the caller are not. */
const REQUEST_HEADERS = ['accept', 'content-type', 'idempotency-key', 'openai-beta'];
const QUERY_PARAMETERS = ['after', 'before', 'include[]', 'limit', 'order', 'purpose', 'run_id'];

/** Builds the upstream URL from the matched operation. Nothing of the caller's path is copied. */
export function buildUpstreamUrl(
  base: URL,
  { operation, params }: MatchedOperation,
  request: Request,
): URL {
  const url = new URL(base);
  const path = operationPaths[operation].path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => params[name] ?? '',
  );
  url.pathname = url.pathname.replace(/\/+$/, '') + path;
  for (const [name, value] of new URL(request.url).searchParams) {
    if (QUERY_PARAMETERS.includes(name)) url.searchParams.append(name, value);
  }
  return url;
}

/** Builds the upstream headers: the forwarded ones, the key of the proxy, and the `headers` option. */
export async function buildUpstreamHeaders(
  request: Request,
  { apiKey, headers, user }: Pick<ProxyOptions, 'apiKey' | 'headers' | 'user'>,
): Promise<Headers> {
  const sent = new Headers();
  for (const name of REQUEST_HEADERS) {
    const value = request.headers.get(name);
    if (value !== null) sent.set(name, value);
  }
  if (apiKey !== undefined) sent.set('authorization', `Bearer ${apiKey}`);
  const idempotencyKey = sent.get('idempotency-key');
  if (idempotencyKey !== null && user !== undefined) {
    // Keys of different users must not collide, or one would get the response of the other.
    sent.set('idempotency-key', await hash(JSON.stringify([user(request), idempotencyKey])));
  }
  const own = typeof headers === 'function' ? await headers(request) : (headers ?? {});
  for (const [name, value] of Object.entries(own)) sent.set(name, value);
  return sent;
}

/** Returns the SHA-256 in hexadecimal. */
async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
