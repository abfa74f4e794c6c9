import createClient, { type Middleware } from 'openapi-fetch';
import type { OperationId, paths } from '../protocol/types.js';
import { errorFromResponse } from './errorResponse.js';
import { AssistantsError } from './errors.js';
import {
  createAbortError,
  createNotThisApiError,
  createTimeoutError,
  createNetworkError,
} from './failures.js';
import {
  getOperation,
  operations,
  type OperationParams,
  type OperationResult,
} from './operations.js';
import { prepareRequest } from './prepare.js';
import { randomKey } from '../common/randomKey.js';
import { getBackoffMs, canRetry, sleep, untilAborted } from './retry.js';
import type { OnUploadProgress } from './upload.js';

type HeaderValues = Record<string, string>;

export interface AssistantsClientOptions {
  /** Where the server's paths begin. A relative one is resolved against the origin of the page. @default '/v1' */
  baseUrl?: string;
  /** Sent as `Authorization: Bearer`. In a browser a key is everybody's: use a proxy, or a token of the person's own. */
  apiKey?: string | (() => string | Promise<string>);
  /** Sent with every request, in place of what the client would send under the same name. A function is asked each time. */
  headers?: HeaderValues | (() => HeaderValues | Promise<HeaderValues>);
  /** In place of the global fetch: `backend.fetch` needs no network. A relative baseUrl then needs no page. */
  fetch?: (request: Request) => Promise<Response>;
  /** Added to every URL, such as `{ 'api-version': 'v1' }`. */
  query?: Record<string, string>;
  /** The `OpenAI-Beta` header; false sends none. Operations that one version alone has name theirs. @default 'v2' */
  apiVersion?: 'v1' | 'v2' | false;
  /** Part of every cache key, to keep two servers or two people apart in one QueryClient. @default baseUrl as it is given */
  scope?: string;
  /** For an answer to be complete, or for a stream to begin; for each try anew. @default 60,000 */
  timeoutMs?: number;
  /** How often a request is sent again at most; see `request`. @default 2 */
  retry?: number;
  /** Whether the server keeps `Idempotency-Key`, as ours does. Then creating POSTs carry one and may be sent again. @default false */
  idempotencyKeys?: boolean;
  /** Of openapi-fetch, around every request. */
  middleware?: Middleware[];
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** In place of the client's own, for what is large or slow. */
  timeoutMs?: number;
  /** Names the attempt to create something, so that it can be repeated; made up where it is left out. */
  idempotencyKey?: string;
  /** In place of the client's own. */
  retry?: number;
  /** For uploadFile. */
  onUploadProgress?: OnUploadProgress;
}

type Call<Id extends OperationId> =
  Partial<OperationParams<Id>> extends OperationParams<Id>
    ? (params?: OperationParams<Id>, options?: CallOptions) => Promise<OperationResult<Id>>
    : (params: OperationParams<Id>, options?: CallOptions) => Promise<OperationResult<Id>>;

type Calls = { [Id in OperationId]: Call<Id> };

/**
 * One method for each operation, named by its operationId. Each takes ids in camelCase and `query` and `body` in wire form,
 * resolves with the response object, and rejects with AssistantsError.
 */
export interface AssistantsClient extends Calls {
  readonly scope: string;
  /** The option `beta`. */
  readonly apiVersion: 'v1' | 'v2' | false;
  /** The option `idempotencyKeys`. */
  readonly keepsIdempotencyKeys: boolean;
  /**
   * Any operation, with the response beside the data.
   *
   * Sent again on 408, 409, 429, 5xx and when there was no answer, after `Retry-After` (up to ten minutes) or a growing
   * pause: a GET always, a POST only when it carries an idempotency key or never left.
   */
  requestWithResponse<Id extends OperationId>(
    operationId: Id,
    params: OperationParams<Id>,
    options?: CallOptions,
  ): Promise<{ data: OperationResult<Id>; response: Response }>;
  /** Sends a request whose body has `stream: true`. The answer is an event stream, or JSON from servers without. */
  stream<Id extends 'createRun' | 'createThreadAndRun' | 'submitToolOutputsToRun'>(
    operationId: Id,
    params: OperationParams<Id>,
    options?: CallOptions,
  ): Promise<Response>;
}

/** A client for any server of the Assistants API. Holds no connection and needs no disposal. */
export function createAssistantsClient(options: AssistantsClientOptions = {}): AssistantsClient {
  const { apiVersion = 'v2', retry = 2, idempotencyKeys = false } = options;
  const baseUrl = (options.baseUrl ?? '/v1').replace(/\/+$/, '');
  const wire = createClient<paths, 'application/json'>();
  if (options.middleware) wire.use(...options.middleware);

  async function headersFor(id: OperationId, accept: string, idempotencyKey: string | undefined) {
    const version = apiVersion && (getOperation(id).onlyVersion ?? apiVersion);
    const key = typeof options.apiKey === 'function' ? await options.apiKey() : options.apiKey;
    const own = typeof options.headers === 'function' ? await options.headers() : options.headers;
    // What is undefined is not sent.
    return {
      Accept: accept,
      'OpenAI-Beta': version ? `assistants=${version}` : undefined,
      Authorization: key === undefined ? undefined : `Bearer ${key}`,
      'Idempotency-Key': idempotencyKey,
      ...own,
    };
  }

  async function send<T>(
    id: OperationId,
    params: object,
    call: CallOptions,
    accept: string,
    read: Read<T>,
  ): Promise<T> {
    const prepared = prepareRequest(id, params, options.query);
    const { method, path, creates } = getOperation(id);
    const idempotencyKey =
      idempotencyKeys && creates ? (call.idempotencyKey ?? randomKey()) : undefined;
    const timeoutMs = Math.min(call.timeoutMs ?? options.timeoutMs ?? 60_000, MAX_TIMER_MS);

    /** Sends once, and keeps the timeout running until `read` is through with the response. */
    async function attempt(): Promise<T> {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(createTimeoutError(id, timeoutMs)), timeoutMs);
      const signal = call.signal
        ? AbortSignal.any([call.signal, deadline.signal])
        : deadline.signal;
      let hasLeft = false;
      const exchange = async () => {
        const headers = await headersFor(id, accept, idempotencyKey);
        signal.throwIfAborted();
        const init = {
          ...prepared,
          baseUrl: resolveBaseUrl(baseUrl, options.fetch !== undefined),
          headers,
          parseAs: 'stream',
          signal,
          fetch: async (request: Request) => {
            const { onUploadProgress: onProgress } = call;
            // Most pages upload nothing.
            const sendOne =
              options.fetch ??
              (onProgress ? (await import('./upload.js')).fetchWithProgress(onProgress) : fetch);
            hasLeft = true;
            return sendOne(request);
          },
        };
        // Params vouch for the path and what goes with it; openapi-fetch cannot follow a method and a path that are variables.
        const { response, error } = await wire[method as 'GET'](
          path as '/threads/{thread_id}',
          init as never,
        );
        if (!response.ok) throw errorFromResponse(id, response, error);
        return read(response);
      };
      try {
        return await untilAborted(signal, exchange);
      } catch (error) {
        if (error instanceof AssistantsError) throw error;
        throw call.signal?.aborted
          ? createAbortError(id, error)
          : createNetworkError(id, error, hasLeft);
      } finally {
        clearTimeout(timer);
      }
    }

    for (let tries = 1; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof AssistantsError) || tries > (call.retry ?? retry)) throw error;
        if (!canRetry(error, method, idempotencyKey !== undefined)) throw error;
        // Where it is cut short, the next try says so, and sends nothing.
        await sleep(error.retryAfterMs ?? getBackoffMs(tries), call.signal).catch(() => undefined);
      }
    }
  }

  const requestWithResponse: AssistantsClient['requestWithResponse'] = (id, params, call = {}) =>
    send(
      id,
      params,
      call,
      id === 'getFileContent' ? '*/*' : 'application/json',
      async (response) => ({
        data: id === 'getFileContent' ? await response.blob() : await readJson(id, response),
        response,
      }),
    ) as never; // What vouches for the shape is the server; the conformance tests hold ours to it.

  const stream: AssistantsClient['stream'] = (id, params, call = {}) =>
    send(id, params, call, 'text/event-stream, application/json', async (response) => {
      if (/event-stream|json/i.test(response.headers.get('content-type') ?? '')) return response;
      await response.body?.cancel();
      throw createNotThisApiError(id, response);
    });

  const calls: Record<string, unknown> = {};
  for (const id of Object.keys(operations) as OperationId[]) {
    calls[id] = async (params: never = {} as never, call?: CallOptions) =>
      (await requestWithResponse(id, params, call)).data;
  }
  return {
    ...(calls as unknown as Calls),
    scope: options.scope ?? baseUrl,
    apiVersion,
    keepsIdempotencyKeys: idempotencyKeys,
    requestWithResponse,
    stream,
  };
}

type Read<T> = (response: Response) => Promise<T>;

/** A longer timer would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

async function readJson(id: OperationId, response: Response): Promise<object> {
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through to the same error as any other answer that is not an object.
  }
  throw createNotThisApiError(id, response);
}

/** Resolved for each request, so that a client may be made where there is no page yet, as on a server that renders one. */
function resolveBaseUrl(baseUrl: string, hasOwnFetch: boolean): string {
  if (/^https?:\/\//i.test(baseUrl)) return baseUrl;
  const origin = globalThis.location?.origin;
  const base = origin && origin !== 'null' ? origin : hasOwnFetch ? 'http://localhost' : undefined;
  if (base !== undefined) return new URL(baseUrl, base).href;
  const message = `baseUrl '${baseUrl}' is relative, and there is no page to resolve it against. Give an absolute one.`;
  throw new AssistantsError('protocol', message);
}
