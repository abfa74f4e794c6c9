import { type MatchedOperation, matchOperation } from '../protocol/matchOperation.js';
import { operationPaths } from '../protocol/operationPaths.js';
import type { OperationId } from '../protocol/types.js';
import { notifyThreadCreated } from './notifyThreadCreated.js';
import { createRateLimit } from './rateLimit.js';
import { badGateway, notFound, refuse, relayError } from './refusals.js';

export interface ProxyOptions {
  /** Where the operations live: `https://host/v1`. A query in it is sent with every request. */
  upstream: string;
  /** The operations that pass. All others are answered 404. */
  allow: readonly OperationId[];
  /** Sent as `Authorization: Bearer`. It stays on the server. */
  apiKey?: string;
  /** Sent to the server behind with every request, over what the proxy sends by itself. */
  headers?:
    | Record<string, string>
    | ((request: Request) => Record<string, string> | Promise<Record<string, string>>);
  /**
   * Who may do what: whether this request may do this operation on these ids. `false` is answered as if there were nothing;
   * a Response (a 401, say) is passed on. Runs, messages and steps stand below their thread, so the thread is what to look
   * at; files and assistants belong to the whole key.
   * @default every request may do every allowed operation
   */
  authorize?: (
    request: Request,
    target: MatchedOperation,
  ) => boolean | Response | Promise<boolean | Response>;
  /** Told of each new thread before its id goes out, so that `authorize` can know whose it is. */
  onThreadCreated?: (request: Request, threadId: string) => void | Promise<void>;
  /**
   * Who asks. Each user has a rate, and an Idempotency-Key of one never answers what another has made.
   * @default all callers are one user
   */
  user?: (request: Request) => string;
  /** How many requests a minute pass for each user. @default no limit */
  rateLimit?: { requestsPerMinute: number };
  /** The largest body in bytes. @default 1 MiB, and 32 MiB for an upload */
  bodyLimit?: number;
  /** Where the proxy answers. @default '/v1' */
  basePath?: string;
  /** @default the fetch of the platform */
  fetch?: (input: URL, init: RequestInit) => Promise<Response>;
  /** Milliseconds since 1970, for the rate. @default Date.now */
  clock?: () => number;
}

/** What goes on to the server behind; nothing of the caller's own cookies, keys or addresses. */
const REQUEST_HEADERS = ['accept', 'content-type', 'idempotency-key', 'openai-beta'];
/** What comes back; no cookies, and nothing of the key or its organization. */
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
const QUERY_PARAMETERS = ['after', 'before', 'include[]', 'limit', 'order', 'purpose', 'run_id'];

/**
 * A function that keeps the key on the server: it lets the pages of its own origin do the allowed operations on the server
 * behind, and nothing else. Streams pass word by word; a caller that hangs up ends the request behind. Mount it where the
 * client's `baseUrl` points to. Rejects only when the request is aborted.
 */
export function createProxy(options: ProxyOptions): (request: Request) => Promise<Response> {
  const { upstream, allow, authorize, onThreadCreated, rateLimit } = options;
  const userOf = options.user ?? (() => '');
  const base = new URL(upstream);
  const basePath = (options.basePath ?? '/v1').replace(/\/+$/, '');
  const send = options.fetch ?? ((input, init) => fetch(input, init));
  const waitOf =
    rateLimit && createRateLimit(rateLimit.requestsPerMinute, options.clock ?? Date.now);

  return async (request) => {
    const { pathname } = new URL(request.url);
    const target = pathname.startsWith(`${basePath}/`)
      ? matchOperation(request.method, pathname.slice(basePath.length))
      : undefined;
    if (target === undefined || !allow.includes(target.operation))
      return notFound(request.method, pathname);
    if (!isOwnOrigin(request))
      return refuse(403, 'Only pages of the same origin may use this proxy.');
    const granted = (await authorize?.(request, target)) ?? true;
    if (granted instanceof Response) return granted;
    if (!granted) return notFound(request.method, pathname);
    const wait = waitOf ? waitOf(userOf(request)) : 0;
    if (wait > 0) {
      return refuse(429, `Too many requests. Try again in ${wait} s.`, {
        type: 'rate_limit_exceeded',
        code: 'rate_limit_exceeded',
        headers: { 'retry-after': String(wait) },
      });
    }
    if (!hasRightType(request, target.operation)) {
      return refuse(400, 'Send the body as application/json, or a file as multipart/form-data.', {
        code: 'unsupported_content_type',
      });
    }

    const limit =
      options.bodyLimit ?? (target.operation === 'uploadFile' ? 32 * 1024 * 1024 : 1024 * 1024);
    const body = limited(request, limit);
    let answer: Response;
    try {
      answer = await send(addressOf(base, target, request), {
        method: request.method,
        headers: await headersOf(request, options),
        redirect: 'manual',
        signal: request.signal,
        ...(body.stream && { body: body.stream, duplex: 'half' }),
      });
    } catch (error) {
      if (request.signal.aborted) throw error;
      return body.isTooLarge()
        ? refuse(413, `The request body is larger than ${limit} bytes.`, {
            code: 'request_too_large',
          })
        : badGateway('The server behind this proxy cannot be reached.');
    }
    const relayed = await relay(answer, target.operation);
    return onThreadCreated && relayed.ok
      ? notifyThreadCreated(relayed, target.operation, (threadId) =>
          onThreadCreated(request, threadId),
        )
      : relayed;
  };
}

/** Built anew from what was matched, never from what was sent. */
function addressOf(base: URL, { operation, params }: MatchedOperation, request: Request): URL {
  const address = new URL(base);
  const path = operationPaths[operation].path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => params[name] ?? '',
  );
  address.pathname = address.pathname.replace(/\/+$/, '') + path;
  for (const [name, value] of new URL(request.url).searchParams) {
    if (QUERY_PARAMETERS.includes(name)) address.searchParams.append(name, value);
  }
  return address;
}

async function headersOf(
  request: Request,
  { apiKey, headers, user }: ProxyOptions,
): Promise<Headers> {
  const sent = new Headers();
  for (const name of REQUEST_HEADERS) {
    const value = request.headers.get(name);
    if (value !== null) sent.set(name, value);
  }
  if (apiKey !== undefined) sent.set('authorization', `Bearer ${apiKey}`);
  const key = sent.get('idempotency-key');
  if (key !== null && user !== undefined)
    sent.set('idempotency-key', await digestOf(JSON.stringify([user(request), key])));
  const own = typeof headers === 'function' ? await headers(request) : (headers ?? {});
  for (const [name, value] of Object.entries(own)) sent.set(name, value);
  return sent;
}

/** SHA-256, so that nobody finds the words of another user. */
async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** An answer as it goes out: by the type its operation has, so that no page or script of a stranger runs in this origin. */
async function relay(upstream: Response, operation: OperationId): Promise<Response> {
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  for (const [name, value] of upstream.headers) {
    if (RESPONSE_HEADERS.includes(name) || name.startsWith('x-ratelimit-')) headers[name] = value;
  }
  if (upstream.status >= 400) return relayError(upstream, headers);
  const type = (upstream.headers.get('content-type') ?? '')
    .split(';', 1)
    .join()
    .trim()
    .toLowerCase();
  if (upstream.ok && operation === 'getFileContent') {
    const disposition = upstream.headers.get('content-disposition') ?? '';
    headers['content-disposition'] = disposition.startsWith('attachment')
      ? disposition
      : 'attachment';
    headers['content-type'] = 'application/octet-stream';
  } else if (upstream.ok && (type === 'application/json' || type === 'text/event-stream')) {
    headers['content-type'] = type;
  } else {
    await upstream.body?.cancel();
    return badGateway('The server behind this proxy answered something else than the API does.');
  }
  return new Response(upstream.body, { status: upstream.status, headers });
}

/** A browser says where a request comes from. Programs say nothing, and have no cookies to be misused. */
function isOwnOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  return origin === null || origin === new URL(request.url).origin;
}

/** A form of another page can send texts and files, but no JSON: so a body has to be what its operation takes. */
function hasRightType(request: Request, operation: OperationId): boolean {
  if (request.body === null) return true;
  const type = (request.headers.get('content-type') ?? '')
    .split(';', 1)
    .join()
    .trim()
    .toLowerCase();
  return type === (operation === 'uploadFile' ? 'multipart/form-data' : 'application/json');
}

/** The body, cut once more bytes than the limit have come, whatever Content-Length says. */
function limited(
  request: Request,
  limit: number,
): { stream: ReadableStream<Uint8Array> | undefined; isTooLarge: () => boolean } {
  let length = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      length += chunk.length;
      if (length > limit) controller.error(new Error('The body is too large.'));
      else controller.enqueue(chunk);
    },
  });
  return { stream: request.body?.pipeThrough(count), isTooLarge: () => length > limit };
}
