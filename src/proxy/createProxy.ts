import { createRateLimiter, type RateLimitResult } from '../common/createRateLimiter.js';
import { type MatchedOperation, matchOperation } from '../protocol/matchOperation.js';
import type { OperationId } from '../protocol/types.js';
import { createBadGateway, createErrorResponse, createNotFound } from './errorResponses.js';
import { limitBody } from './limitBody.js';
import { notifyThreadCreated } from './notifyThreadCreated.js';
import type { ProxyOptions } from './ProxyOptions.js';
import { relayResponse } from './relayResponse.js';
import { hasExpectedContentType, isSameOrigin } from './requestChecks.js';
import { buildUpstreamHeaders, buildUpstreamUrl } from './upstreamRequest.js';

const MIB = 1024 * 1024;

/** A proxy that `createProxy` has created. */
export interface Proxy {
  /** Answers a request. Rejects only if the request is aborted. */
  fetch: (request: Request) => Promise<Response>;
}

/**
 * Creates a proxy that keeps the API key on the server. It forwards the allowed operations of pages of its own origin, and
 * nothing else. Streams are forwarded chunk by chunk, and a caller that disconnects aborts the upstream request. Mount `fetch`
 * at the client's `baseUrl`.
 *
 * @example
 * ```ts
 * import { createProxy } from 'assistants-react/proxy';
 *
 * const proxy = createProxy({
 *   upstream: 'https://api.example.com/v1',
 *   apiKey: secretKey,
 *   allow: ['createThreadAndRun', 'listMessages', 'getRun'],
 *   user: (request) => getUserId(request),
 * });
 *
 * export const POST = (request: Request) => proxy.fetch(request);
 * ```
 */
export function createProxy(options: ProxyOptions): Proxy {
  const { authorize, onThreadCreated, rateLimit, user = () => '', now = Date.now } = options;
  const basePath = (options.basePath ?? '/v1').replace(/\/+$/, '');
  const checkRate = rateLimit && createRateLimiter(rateLimit.requestsPerMinute, now);

  async function handle(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const target = matchTarget(request.method, pathname, basePath);
    if (target === undefined || !options.allow.includes(target.operation)) {
      return createNotFound(request.method, pathname);
    }
    if (!isSameOrigin(request)) {
      return createErrorResponse(403, 'Only pages of the same origin may use this proxy.');
    }
    const granted = (await authorize?.(request, target)) ?? true;
    if (granted instanceof Response) return granted;
    if (!granted) return createNotFound(request.method, pathname);
    const rate = checkRate?.(user(request));
    if (rate && !rate.isAllowed) return createTooManyRequests(rate);
    if (!hasExpectedContentType(request, target.operation)) {
      const message = 'Send the body as application/json, or a file as multipart/form-data.';
      return createErrorResponse(400, message, { code: 'unsupported_content_type' });
    }
    const response = await forward(request, target, options);
    if (!onThreadCreated || !response.ok) return response;
    return notifyThreadCreated(response, target.operation, (threadId) =>
      onThreadCreated(request, threadId),
    );
  }

  return { fetch: handle };
}

function matchTarget(
  method: string,
  pathname: string,
  basePath: string,
): MatchedOperation | undefined {
  if (!pathname.startsWith(`${basePath}/`)) return undefined;
  return matchOperation(method, pathname.slice(basePath.length));
}

/** Sends a request to the upstream server and returns the response for the caller. */
async function forward(
  request: Request,
  target: MatchedOperation,
  options: ProxyOptions,
): Promise<Response> {
  const { fetch: send = (input, init) => fetch(input, init) } = options;
  const limitBytes = getLimitBytes(target.operation, options);
  const body = limitBody(request, limitBytes);
  let response: Response;
  try {
    response = await send(buildUpstreamUrl(new URL(options.upstream), target, request), {
      method: request.method,
      headers: await buildUpstreamHeaders(request, options),
      redirect: 'manual',
      signal: request.signal,
      ...(body.stream && { body: body.stream, duplex: 'half' }),
    });
  } catch (error) {
    if (request.signal.aborted) throw error;
    if (!body.isTooLarge()) return createBadGateway('The upstream server cannot be reached.');
    const message = `The request body is larger than ${limitBytes} bytes.`;
    return createErrorResponse(413, message, { code: 'request_too_large' });
  }
  return relayResponse(response, target.operation);
}

function getLimitBytes(operation: OperationId, { limits = {} }: ProxyOptions): number {
  if (operation === 'uploadFile') return limits.uploadBytes ?? 32 * MIB;
  return limits.bodyBytes ?? MIB;
}

function createTooManyRequests({ retryAfterMs }: RateLimitResult): Response {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return createErrorResponse(429, `Too many requests. Try again in ${seconds} s.`, {
    type: 'rate_limit_exceeded',
    code: 'rate_limit_exceeded',
    headers: { 'retry-after': String(seconds) },
  });
}
