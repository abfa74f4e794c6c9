import { createRateLimiter } from '../common/createRateLimiter.js';
import { type MatchedOperation, matchOperation } from '../protocol/matchOperation.js';
import { checkAccess, listsOwnThreads } from './checkAccess.js';
import { createDeadline, type Deadline } from './createDeadline.js';
import { createRunSlots, type RunSlot } from './createRunSlots.js';
import { findNamedObjects } from './findNamedObjects.js';
import { createNotFound, ProxyFailure } from './ProxyFailure.js';
import type { ProxyOptions, ProxyTarget } from './ProxyOptions.js';
import { listOwnThreads } from './listOwnThreads.js';
import { forwardRequest, type ForwardedRequest } from './forwardRequest.js';
import { readOptions, type Settings } from './readOptions.js';
import { readBody } from './request/readBody.js';
import { isSameOrigin } from './request/requestChecks.js';

/** A proxy that `createProxy` has created. */
export interface Proxy {
  /** Answers a request. Rejects only if the request is aborted. */
  fetch: (request: Request) => Promise<Response>;
}

/**
 * Creates a proxy that keeps the API key on the server. It forwards the allowed operations of pages of its own origin, and
 * nothing else: a user only reaches the objects that it has created, and a body only has the fields that `policy` allows. Streams
 * are forwarded event by event, and a caller that disconnects aborts the upstream request. Mount `fetch` at the client's
 * `baseUrl`.
 *
 * @throws TypeError if an option is missing or invalid.
 * @example
 * ```ts
 * import { createProxy, memoryOwnership, threadViewOperations } from 'assistants-react/proxy';
 *
 * const proxy = createProxy({
 *   upstream: 'https://api.example.com/v1',
 *   apiKey: secretKey,
 *   allow: threadViewOperations,
 *   user: (request) => getUserId(request),
 *   policy: { assistants: [assistantId], attachments: true },
 *   ownership: memoryOwnership(),
 * });
 *
 * export const POST = (request: Request) => proxy.fetch(request);
 * ```
 */
export function createProxy(options: ProxyOptions): Proxy {
  const settings = readOptions(options);
  const { rateLimit, limits, now } = settings;
  const checkRate = rateLimit && createRateLimiter(rateLimit.requestsPerMinute, now);
  const runSlots = createRunSlots(limits.concurrentRuns, now);

  async function answer(request: Request, deadline: Deadline): Promise<Response> {
    if (!isSameOrigin(request)) {
      throw new ProxyFailure(403, 'Only pages of the same origin may use this proxy.');
    }
    const user = await readUser(request, settings);
    const rate = checkRate?.(user ?? '');
    if (rate && !rate.isAllowed) throw createTooManyRequests(rate.retryAfterMs);
    const matched = matchTarget(request, settings);
    const body = await readBody(request, matched.operation, settings, deadline);
    const objects = findNamedObjects(matched, body.fields, settings.policy);
    const target: ProxyTarget = { ...matched, user, body: body.fields, objects };
    await checkAccess(target, settings);
    const granted = await settings.authorize?.(request, target);
    if (granted instanceof Response) return granted;
    if (settings.authorize !== undefined && granted !== true) throw createNotFound();
    const slot = takeSlot(target);
    const report = (error: unknown) => reportFailure(error, request, settings);
    const forwarded = { request, target, body: body.forwarded, slot, runSlots, deadline, report };
    return releaseOnFailure(slot, forwarded);
  }

  function takeSlot({ operation, user }: ProxyTarget): RunSlot | undefined {
    if (user === undefined) return undefined;
    if (operation !== 'createRun' && operation !== 'createThreadAndRun') return undefined;
    const slot = runSlots.take(user);
    if (slot !== undefined) return slot;
    const message = `You have ${limits.concurrentRuns} active runs. Wait until one of them has ended.`;
    throw new ProxyFailure(429, message, {
      type: 'rate_limit_exceeded',
      code: 'too_many_runs',
      headers: { 'retry-after': '5' },
    });
  }

  async function releaseOnFailure(
    slot: RunSlot | undefined,
    forwarded: ForwardedRequest,
  ): Promise<Response> {
    let response: Response | undefined;
    try {
      const answerWith = listsOwnThreads(forwarded.target, settings)
        ? listOwnThreads
        : forwardRequest;
      response = await answerWith(forwarded, settings);
      return response;
    } finally {
      // The run of a caller that has disconnected may be active.
      if (response?.ok !== true && !forwarded.request.signal.aborted) slot?.free();
    }
  }

  return {
    async fetch(request) {
      const deadline = createDeadline(request.signal);
      try {
        return await answer(request, deadline);
      } catch (error) {
        deadline.abort();
        // The caller has disconnected, so nothing can be answered.
        if (request.signal.aborted) throw error;
        const isKnown = error instanceof ProxyFailure;
        if (!isKnown || error.status >= 500) reportFailure(error, request, settings);
        const failure = isKnown
          ? error
          : new ProxyFailure(500, 'The proxy failed.', { type: 'server_error' });
        return failure.toResponse();
      }
    },
  };
}

async function readUser(
  request: Request,
  { user }: Pick<Settings, 'user'>,
): Promise<string | undefined> {
  if (user === undefined) return undefined;
  const id: unknown = await user(request);
  const isBlank = typeof id === 'string' && id.trim() === '';
  if (id === undefined || id === null || id === false || isBlank) {
    throw new ProxyFailure(401, 'Log in to use this API.', { code: 'unauthorized' });
  }
  // Databases cut texts at NUL or refuse them, so two users could become one.
  if (typeof id === 'string' && !id.includes('\0')) return id;
  throw new TypeError('createProxy: `user` must return a string without NUL, or undefined.');
}

/** Throws a ProxyFailure for everything but the allowed operations. */
function matchTarget(
  request: Request,
  { basePath, allow }: Pick<Settings, 'basePath' | 'allow'>,
): MatchedOperation {
  const { pathname } = new URL(request.url);
  if (!pathname.startsWith(`${basePath}/`)) throw createNotFound();
  const matched = matchOperation(request.method, pathname.slice(basePath.length));
  if (matched === undefined || !allow.includes(matched.operation)) throw createNotFound();
  return matched;
}

function reportFailure(
  error: unknown,
  request: Request,
  { onError }: Pick<Settings, 'onError'>,
): void {
  if (onError === undefined && error instanceof ProxyFailure) return;
  const report = onError ?? logError;
  // The function may be asynchronous. An error that nothing catches would end a server process.
  void (async () => report(error, request))().catch(logError);
}

function logError(error: unknown): void {
  // oxlint-disable-next-line no-console -- errors must not disappear if the app does not handle them
  console.error(error);
}

function createTooManyRequests(retryAfterMs: number): ProxyFailure {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  return new ProxyFailure(429, `Too many requests. Try again in ${seconds} s.`, {
    type: 'rate_limit_exceeded',
    code: 'rate_limit_exceeded',
    headers: { 'retry-after': String(seconds) },
  });
}
