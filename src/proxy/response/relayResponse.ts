import { describeRedirect } from '../../common/describeRedirect.js';
import { isRecord } from '../../common/isRecord.js';
import { isRedirect } from '../../common/isRedirect.js';
import { tryParseJson } from '../../common/tryParseJson.js';
import { EXTENSIONS_HEADER } from '../../protocol/extensions.js';
import { parseRetryAfter } from '../../protocol/parseRetryAfter.js';
import type { OperationId } from '../../protocol/types.js';
import type { Deadline } from '../createDeadline.js';
import { createBadGateway, type ProxyFailure } from '../ProxyFailure.js';
import type { Settings } from '../readOptions.js';
import { readMediaType } from '../request/requestChecks.js';
import type { Observer } from './createObserver.js';
import type { Redactor } from '../../common/createRedactor.js';
import { peekBody } from './peekBody.js';
import { readChunks } from './readChunks.js';
import { redactErrors } from './redactErrors.js';
import { createNoEvent, createSilence, readUpstream } from './readUpstream.js';
import { relayError } from './relayError.js';
import { relayEvents } from './relayEvents.js';
import { toStream } from './toStream.js';

/** Headers that are forwarded to the caller. No cookies, and nothing about the key, its organization and its limits. */
const RESPONSE_HEADERS = [
  EXTENSIONS_HEADER,
  'idempotent-replayed',
  'openai-poll-after-ms',
  'openai-processing-ms',
  'openai-version',
  'x-request-id',
  'x-should-retry',
];
const MAX_HEADER_LENGTH = 200;
const MIN_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60 * 60_000;

/** Options for `relayResponse`. */
export interface RelayOptions {
  operation: OperationId;
  /** Address of the upstream request. */
  url: URL;
  settings: Pick<Settings, 'limits' | 'now'>;
  deadline: Deadline;
  observer: Observer;
  redact: Redactor;
  /** Called with an error that ends a stream after its beginning. */
  onError: (error: unknown) => void;
}

/**
 * Forwards a response with the content type that its operation has, so that no foreign page or script runs in the origin of
 * the app. Files are forwarded as downloads.
 */
export async function relayResponse(upstream: Response, options: RelayOptions): Promise<Response> {
  const { operation, url, settings, deadline, redact } = options;
  const { limits } = settings;
  if (isRedirect(upstream)) {
    const address = redact(describeRedirect(upstream, url.href));
    throw createBadGateway(
      `The upstream server redirects to ${address}. The proxy does not follow redirects, because they would send its key to another address. Set \`upstream\` to the final address.`,
    );
  }
  const headers = pickHeaders(upstream.headers, redact, settings.now());
  if (upstream.status >= 400) return relayError(upstream, headers, { limits, redact, deadline });
  const { status } = upstream;
  if (operation === 'getFileContent' && status === 200) {
    return relayFile(upstream, headers, options);
  }
  const startedAt = performance.now();
  const { form, body } = await readForm(upstream, options, startedAt);
  if (form === 'events') {
    headers['content-type'] = 'text/event-stream';
    headers['cache-control'] = 'no-cache, no-transform';
    headers['x-accel-buffering'] = 'no';
    return new Response(await startStream(body, options, startedAt), { status, headers });
  }
  const text = await readUpstream(body, deadline, {
    maxBytes: limits.responseBytes,
    silenceMs: limits.silenceMs,
  });
  await options.observer.onResponse(parseObject(text));
  headers['content-type'] = 'application/json';
  return new Response(redactErrors({ data: text }, redact), { status, headers });
}

/** Content types of servers that send JSON or events under a wrong name, or under none. */
const OTHER_TYPES: ReadonlySet<string> = new Set(['', 'text/plain', 'application/octet-stream']);

/** Returns the body with its form, which its first characters tell, or else its content type. */
async function readForm(
  { body: unread, headers }: Response,
  { deadline, settings: { limits } }: RelayOptions,
  startedAt: number,
): Promise<{ form: 'json' | 'events'; body: ReadableStream<Uint8Array> }> {
  const type = readMediaType(headers);
  const isStream = type === 'text/event-stream';
  if (unread === null || !(isStream || type === 'application/json' || OTHER_TYPES.has(type)))
    throw createForeignResponse();
  const limitMs = isStream ? limits.firstEventMs : limits.silenceMs;
  const { form, body } = await peekBody(unread, deadline, {
    // Bytes that end no event do not extend the time until the first one.
    getLimitMs: () => (isStream ? Math.max(0, startedAt + limitMs - performance.now()) : limitMs),
    createTooSlow: () => (isStream ? createNoEvent(limitMs) : createSilence(limitMs)),
  });
  if (form !== 'unknown') return { form, body };
  if (OTHER_TYPES.has(type)) {
    void body.cancel().catch(() => undefined);
    throw createForeignResponse();
  }
  return { form: isStream ? 'events' : 'json', body };
}

function createForeignResponse(): ProxyFailure {
  return createBadGateway('The upstream server sent a response that is not part of the API.');
}

/** Starts the stream of events. Throws if it fails before its first event, so that the caller gets an error response. */
async function startStream(
  body: ReadableStream<Uint8Array>,
  { deadline, settings, observer, redact, onError }: RelayOptions,
  startedAt: number,
): Promise<ReadableStream<Uint8Array>> {
  const { limits } = settings;
  const events = relayEvents(body, { deadline, limits, observer, redact, startedAt });
  const first = await events.next();
  async function* withFirst(): AsyncGenerator<Uint8Array, void, void> {
    try {
      if (first.done !== true) yield first.value;
      yield* events;
    } finally {
      await events.return();
    }
  }
  return toStream(withFirst(), deadline, onError);
}

function relayFile(
  { body, headers: upstreamHeaders }: Response,
  headers: Record<string, string>,
  { deadline, settings, onError }: RelayOptions,
): Response {
  const { downloadBytes: maxBytes, silenceMs } = settings.limits;
  if (Number(upstreamHeaders.get('content-length')) > maxBytes) {
    throw createBadGateway(`The upstream server sent more than ${maxBytes} bytes.`);
  }
  const disposition = upstreamHeaders.get('content-disposition');
  headers['content-disposition'] = disposition?.startsWith('attachment')
    ? disposition
    : 'attachment';
  headers['content-type'] = 'application/octet-stream';
  const limits = { maxBytes, getLimitMs: () => silenceMs, createTooSlow: createSilence };
  const content = body && toStream(readChunks(body, deadline, limits), deadline, onError);
  return new Response(content, { headers });
}

function parseObject(text: string): object {
  const value = tryParseJson(text);
  if (isRecord(value)) return value;
  throw createForeignResponse();
}

function pickHeaders(upstream: Headers, redact: Redactor, nowMs: number): Record<string, string> {
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  for (const name of RESPONSE_HEADERS) {
    const value = upstream.get(name);
    if (value !== null) headers[name] = redact(value).slice(0, MAX_HEADER_LENGTH);
  }
  const retryMs = parseRetryAfter(upstream, nowMs);
  if (retryMs !== undefined) {
    // A server that asks for no pause at all would be asked again at once by every page.
    const pauseMs = Math.min(Math.max(retryMs, MIN_RETRY_MS), MAX_RETRY_MS);
    headers['retry-after'] = String(Math.ceil(pauseMs / 1000));
    if (upstream.has('retry-after-ms')) headers['retry-after-ms'] = String(Math.ceil(pauseMs));
  }
  return headers;
}
