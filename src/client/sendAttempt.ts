import type { Middleware } from 'openapi-fetch';
import { EXTENSIONS_HEADER } from '../protocol/extensions.js';
import type { AssistantsClientOptions } from './AssistantsClient.js';
import type { ReadyRequest } from './ClientRequest.js';
import { createResponseError } from './createResponseError.js';
import type { FailedExchange } from './FailedExchange.js';
import { getOperation } from './operations.js';
import type { OutgoingRequest } from './OutgoingRequest.js';
import { MAX_ERROR_BYTES, readText } from './readResponse.js';
import { loadFor } from './requestErrors.js';
import { normalizeBaseUrl } from './resolveBaseUrl.js';
import type { ServerProfile } from './ServerProfile.js';

/** Sends a request once. Rejects with any error. */
export async function sendAttempt<Result>(
  profile: ServerProfile,
  request: ReadyRequest<Result>,
  signal: AbortSignal,
  onSend: () => void,
): Promise<Result> {
  const { operationId, params, prepared, read } = request;
  const { options } = profile;
  const { middleware = [] } = options;
  const body = serializeBody(prepared.body);
  const headers = await getHeaders(options, request, typeof body === 'string');
  signal.throwIfAborted();
  const fetchOnce = await selectFetch(options, request, body);
  const outgoing: OutgoingRequest = {
    operationId,
    url: prepared.url,
    params: prepared.params,
    init: {
      method: getOperation(operationId).method,
      headers,
      ...(body !== undefined && { body }),
      // A followed redirect would carry the API key to another address, and turn a POST into a GET.
      redirect: 'manual',
      signal,
    },
    fetch(ready) {
      onSend();
      return fetchOnce(ready);
    },
  };
  const exchange = await (middleware.length > 0
    ? sendThroughMiddleware(middleware, outgoing)
    : sendDirectly(outgoing));
  const { response } = exchange;
  readExtensions(profile, response.headers);
  if (!response.ok || response.redirected)
    throw await createResponseError(operationId, {
      ...exchange,
      baseUrl: normalizeBaseUrl(options.baseUrl),
    });
  return read(response, params);
}

/** Uses the extensions that a server announces, unless the options of the client say otherwise. */
function readExtensions({ options, supported }: ServerProfile, headers: Headers): void {
  const extensions = headers.get(EXTENSIONS_HEADER);
  if (!extensions) return;
  options.idempotencyKeys ??= extensions.includes('idempotency-key');
  if (extensions.includes('list-threads')) supported.listThreads ??= true;
}

function serializeBody(body: unknown): string | FormData | undefined {
  return body instanceof FormData ? body : JSON.stringify(body);
}

async function sendDirectly({ url, init, fetch }: OutgoingRequest): Promise<FailedExchange> {
  const request = new Request(url, init);
  const response = await fetch(request);
  // Keeps the request referenced until here: Node does not abort a fetch whose request has been garbage collected.
  request.signal.throwIfAborted();
  return response.ok ? { response } : { response, body: await readText(response, MAX_ERROR_BYTES) };
}

/** The code for middleware is loaded on demand, because most clients have none. */
async function sendThroughMiddleware(
  middleware: Middleware[],
  request: OutgoingRequest,
): Promise<FailedExchange> {
  const { sendWithMiddleware } = await loadFor(
    request.operationId,
    () => import('./sendWithMiddleware.lazy.js'),
  );
  return sendWithMiddleware(middleware, request);
}

/** Headers that are undefined are not sent. Headers of the caller replace the others. */
async function getHeaders(
  options: AssistantsClientOptions,
  { operationId, accept, idempotencyKey }: ReadyRequest<unknown>,
  isJson: boolean,
): Promise<Headers> {
  const { apiVersion = 'v2', apiKey, headers } = options;
  const version = apiVersion && (getOperation(operationId).onlyVersion ?? apiVersion);
  const key = typeof apiKey === 'function' ? await apiKey() : apiKey;
  const custom = typeof headers === 'function' ? await headers() : headers;
  const result = new Headers();
  for (const [name, value] of Object.entries({
    Accept: accept,
    // The browser sets the content type of a form, with its boundary.
    'Content-Type': isJson ? 'application/json' : undefined,
    'OpenAI-Beta': version ? `assistants=${version}` : undefined,
    Authorization: key === undefined ? undefined : `Bearer ${key}`,
    'Idempotency-Key': idempotencyKey,
    ...custom,
  }))
    if (value !== undefined) result.set(name, value);
  return result;
}

/** Upload progress needs XMLHttpRequest. Its code is loaded on demand, because most pages upload nothing. */
async function selectFetch(
  options: AssistantsClientOptions,
  { operationId, call: { onUploadProgress } }: ReadyRequest<unknown>,
  body: string | FormData | undefined,
): Promise<(request: Request) => Promise<Response>> {
  if (options.fetch) return options.fetch;
  if (!onUploadProgress) return fetch;
  const { fetchWithProgress } = await loadFor(operationId, () => import('./fetchWithProgress.js'));
  return fetchWithProgress(onUploadProgress, body instanceof FormData ? body : undefined);
}
