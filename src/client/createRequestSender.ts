import createClient from 'openapi-fetch';
import { randomKey } from '../common/randomKey.js';
import { sleep } from '../common/sleep.js';
import type { OperationId, paths } from '../protocol/types.js';
import type { AssistantsClientOptions, CallOptions } from './AssistantsClient.js';
import { AssistantsError } from './AssistantsError.js';
import { createResponseError } from './createResponseError.js';
import { getOperation } from './operations.js';
import { prepareRequest, type PreparedRequest } from './prepareRequest.js';
import { raceWithAbort } from './raceWithAbort.js';
import { createAbortError, createNetworkError, createTimeoutError } from './requestErrors.js';
import { readText } from './readResponse.js';
import { normalizeBaseUrl, resolveBaseUrl } from './resolveBaseUrl.js';
import { canRetry, getBackoffMs } from './retry.js';

/** Longer timers fire immediately. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Shortest delay before a retry, for servers that ask for none. */
const MIN_RETRY_DELAY_MS = 100;

/** Limit for the body of an error response. */
const MAX_ERROR_BYTES = 1024 * 1024;

/** A request as the methods of the client describe it. */
export interface ClientRequest<Result> {
  operationId: OperationId;
  params: object;
  call: CallOptions;
  /** Value of the `Accept` header. */
  accept: string;
  /** Reads a successful response. The timeout covers it. */
  read: (response: Response) => Promise<Result>;
}

/** A request that is ready to be sent, any number of times. */
interface ReadyRequest<Result> extends ClientRequest<Result> {
  prepared: PreparedRequest;
  idempotencyKey: string | undefined;
  timeoutMs: number;
}

/** Sends a request and retries it. Rejects with AssistantsError. */
export type RequestSender = <Result>(request: ClientRequest<Result>) => Promise<Result>;

/** Creates the function that sends every request of a client. */
export function createRequestSender(options: AssistantsClientOptions): RequestSender {
  const { idempotencyKeys = false, retry = 2, timeoutMs = 60_000 } = options;
  const baseUrl = normalizeBaseUrl(options.baseUrl);
  const openapi = createClient<paths, 'application/json'>();
  if (options.middleware) openapi.use(...options.middleware);

  return async function send(request) {
    const { operationId, params, call } = request;
    const { method, creates } = getOperation(operationId);
    const ready = {
      ...request,
      prepared: prepareRequest(operationId, params, options.query),
      idempotencyKey: idempotencyKeys && creates ? (call.idempotencyKey ?? randomKey()) : undefined,
      timeoutMs: Math.min(call.timeoutMs ?? timeoutMs, MAX_TIMER_MS),
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await sendOnce(ready);
      } catch (error) {
        if (!(error instanceof AssistantsError) || attempt > (call.retry ?? retry)) throw error;
        if (!canRetry(error, method, ready.idempotencyKey !== undefined)) throw error;
        // If the signal ends the delay early, the next attempt rejects before it sends anything.
        const delayMs = error.retryAfterMs ?? getBackoffMs(attempt);
        await sleep(Math.max(delayMs, MIN_RETRY_DELAY_MS), call.signal);
      }
    }
  };

  async function sendOnce<Result>(request: ReadyRequest<Result>): Promise<Result> {
    const { operationId, call } = request;
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(createTimeoutError(operationId, request.timeoutMs)),
      request.timeoutMs,
    );
    const signal = call.signal ? AbortSignal.any([call.signal, deadline.signal]) : deadline.signal;
    let wasSent = false;
    const onSend = () => {
      wasSent = true;
    };
    try {
      return await raceWithAbort(signal, () => exchange(request, signal, onSend));
    } catch (error) {
      if (error instanceof AssistantsError) throw error;
      throw call.signal?.aborted
        ? createAbortError(operationId, error)
        : createNetworkError(operationId, error, wasSent);
    } finally {
      clearTimeout(timer);
    }
  }

  async function exchange<Result>(
    request: ReadyRequest<Result>,
    signal: AbortSignal,
    onSend: () => void,
  ): Promise<Result> {
    const { operationId, call, prepared, read } = request;
    const { method, path } = getOperation(operationId);
    const headers = await getHeaders(options, request);
    signal.throwIfAborted();
    const init = {
      ...prepared,
      baseUrl: resolveBaseUrl(baseUrl, options.fetch !== undefined),
      headers,
      parseAs: 'stream',
      // A followed redirect would carry the API key to another address, and turn a POST into a GET.
      redirect: 'manual',
      signal,
      async fetch(outgoing: Request) {
        const fetchOnce = await selectFetch(options, call);
        onSend();
        return limitErrorBody(await fetchOnce(outgoing));
      },
    };
    // openapi-fetch types each path literally. Here path and method are variables, and `OperationParams` types the parameters.
    const { response, error } = await openapi[method as 'GET'](
      path as '/threads/{thread_id}',
      init as never,
    );
    if (!response.ok || response.redirected)
      throw await createResponseError(operationId, { response, body: error, baseUrl });
    return read(response);
  }
}

/** Returns an error response without its body if that is too large to be a description of an error. */
async function limitErrorBody(response: Response): Promise<Response> {
  if (response.status < 400 || !response.body) return response;
  return new Response((await readText(response, MAX_ERROR_BYTES)) || null, response);
}

/** Headers that are undefined are not sent. Headers of the caller replace the others. */
async function getHeaders(
  options: AssistantsClientOptions,
  { operationId, accept, idempotencyKey }: ReadyRequest<unknown>,
): Promise<Record<string, string | undefined>> {
  const { apiVersion = 'v2', apiKey, headers } = options;
  const version = apiVersion && (getOperation(operationId).onlyVersion ?? apiVersion);
  const key = typeof apiKey === 'function' ? await apiKey() : apiKey;
  const custom = typeof headers === 'function' ? await headers() : headers;
  return {
    Accept: accept,
    'OpenAI-Beta': version ? `assistants=${version}` : undefined,
    Authorization: key === undefined ? undefined : `Bearer ${key}`,
    'Idempotency-Key': idempotencyKey,
    ...custom,
  };
}

/** Upload progress needs XMLHttpRequest. Its code is loaded on demand, because most pages upload nothing. */
async function selectFetch(
  options: AssistantsClientOptions,
  { onUploadProgress }: CallOptions,
): Promise<(request: Request) => Promise<Response>> {
  if (options.fetch) return options.fetch;
  if (!onUploadProgress) return fetch;
  const { fetchWithProgress } = await import('./fetchWithProgress.js');
  return fetchWithProgress(onUploadProgress);
}
