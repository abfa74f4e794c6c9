import type { Middleware } from 'openapi-fetch';
import type { OperationId } from '../protocol/types.js';
import type { ServerCapability, ServerOptions } from './ServerOptions.js';
import type { OnUploadProgress } from './fetchWithProgress.js';
import type { OperationParams, OperationResult } from './operations.js';

type HeaderValues = Record<string, string>;

/** Options for `createAssistantsClient`. */
export interface AssistantsClientOptions {
  /** Base URL of the API. A relative URL is resolved against the origin of the page. @default '/v1' */
  baseUrl?: string;
  /**
   * Sent as `Authorization: Bearer`. A function is called for each attempt; `tokenProvider` keeps its token. In a browser,
   * every user can read the key: use a proxy, or a token that is issued to the user.
   */
  apiKey?: string | (() => string | Promise<string>);
  /**
   * Returns a bearer token that expires, in place of `apiKey`, such as one of Entra ID for Azure AI Foundry (scope
   * `https://ai.azure.com/.default`). Called with the first request, and again, once, when the server answers 401. All requests
   * share the token.
   */
  tokenProvider?: () => string | Promise<string>;
  /** Sent with every request. Replaces headers of the client with the same name. A function is called for each attempt. */
  headers?: HeaderValues | (() => HeaderValues | Promise<HeaderValues>);
  /** Replaces the global `fetch`. With `backend.fetch`, requests need no network, and a relative `baseUrl` needs no page. */
  fetch?: (request: Request) => Promise<Response>;
  /** Query parameters that are added to every URL, such as `{ 'api-version': 'v1' }`. */
  query?: Record<string, string>;
  /**
   * Version in the `OpenAI-Beta` header. `false` sends no header. Operations that exist in one version only always send that
   * version.
   *
   * @default 'v2'
   */
  apiVersion?: 'v1' | 'v2' | false;
  /** Part of every cache key. Separates two servers or two users that share a QueryClient. @default the `baseUrl` */
  scope?: string;
  /**
   * Milliseconds until a response must be complete, or a stream must begin. Each attempt has its own timeout.
   *
   * @default 60_000
   */
  timeoutMs?: number;
  /** Maximum number of retries per request. `requestWithResponse` documents which requests are retried. @default 2 */
  retry?: number;
  /**
   * True if the server supports `Idempotency-Key`. POST requests that create objects then carry a key and are retried.
   *
   * @default true as soon as a response has announced it, as those of the backend of this package do
   */
  idempotencyKeys?: boolean;
  /**
   * Capabilities of the server, for servers that do not have every operation.
   *
   * - `foundry`: Azure AI Foundry. Sends `api-version=v1` and no `OpenAI-Beta` header.
   * - `azure-gateway`: a gateway with the paths of Azure OpenAI. Sends `api-version=2024-05-01-preview`.
   * - `litellm`: LiteLLM proxy. No runs except createRun, no steps, no tool outputs.
   * - `astra`: astra-assistants. No steps, no cancel, no `after`.
   * - `open-openai`: OpenOpenAI. Version 1, no streams.
   * - `open-assistant-api`: open-assistant-api of MLT-OSS. Version 1.
   * - `supercompat`: supercompat. No createThreadAndRun.
   *
   * Calls of a missing operation reject with kind 'unsupported', without a request. Without createThreadAndRun, the client
   * creates the thread and the run with two requests. Without `after`, it continues lists by requesting 100 items at once.
   *
   * @default learnt from responses with status 404, 405 and 501
   */
  server?: ServerOptions;
  /** Middleware of openapi-fetch, run around every request. Its code is loaded with the first request. */
  middleware?: Middleware[];
}

/** Options for one call of a client method. */
export interface CallOptions {
  /** Aborts the request and its retries. The call then rejects with kind 'aborted'. */
  signal?: AbortSignal | undefined;
  /** Replaces the timeout of the client. In milliseconds. */
  timeoutMs?: number;
  /** Identifies one creation, so that it can be repeated safely. @default a random key */
  idempotencyKey?: string | undefined;
  /** Replaces the number of retries of the client. */
  retry?: number;
  /** Receives the progress of `uploadFile`. */
  onUploadProgress?: OnUploadProgress;
}

type ClientMethod<Id extends OperationId> =
  Partial<OperationParams<Id>> extends OperationParams<Id>
    ? (params?: OperationParams<Id>, options?: CallOptions) => Promise<OperationResult<Id>>
    : (params: OperationParams<Id>, options?: CallOptions) => Promise<OperationResult<Id>>;

export type ClientMethods = { [Id in OperationId]: ClientMethod<Id> };

/** An operation that can answer with an event stream. */
export type StreamingOperationId =
  'createRun' | 'createThreadAndRun' | 'submitToolOutputsToRun' | 'getRun';

/**
 * Parameters of `client.stream`. `getRun` continues the stream of a run after the event with the id `starting_after`. Without
 * it, the stream starts with the newest segment of the run.
 */
export type StreamParams<Id extends StreamingOperationId> = Id extends 'getRun'
  ? OperationParams<'getRun'> & { query: { stream: true; starting_after?: number } }
  : OperationParams<Id>;

/**
 * A typed client with one method for each operation, named by its operationId. Methods take ids in camelCase, and `query` and
 * `body` in wire form. They resolve with the response object.
 *
 * @throws AssistantsError from every method. Its `kind` tells what failed.
 */
export interface AssistantsClient extends ClientMethods {
  /** The `scope` option. */
  readonly scope: string;
  /** The `apiVersion` option. */
  readonly apiVersion: 'v1' | 'v2' | false;
  /** True if the `idempotencyKeys` option is set, or if the server has announced the extension. */
  readonly supportsIdempotencyKeys: boolean;
  /**
   * Returns false if the server lacks an operation, `streaming` or `after`: according to the `server` option, or
   * because a request has failed. Returns true after a successful request or if the server has announced it, and
   * undefined before the first request.
   */
  supports(capability: ServerCapability): boolean | undefined;
  /**
   * Returns the URL of an operation, with the query of the client.
   *
   * @throws AssistantsError of kind 'invalid-id' if an id is missing or would change the path.
   */
  getUrl<Id extends OperationId>(operationId: Id, params: OperationParams<Id>): string;
  /**
   * Calls an operation and returns its data together with the HTTP response.
   *
   * Retries after status 408, 409, 429 and 5xx and after network failures. The delay is taken from `Retry-After` (up to ten
   * minutes), or grows exponentially. GET requests are always retried. Other requests are retried only if they carry an
   * idempotency key or if the connection failed before anything was sent.
   */
  requestWithResponse<Id extends OperationId>(
    operationId: Id,
    params: OperationParams<Id>,
    options?: CallOptions,
  ): Promise<{ data: OperationResult<Id>; response: Response }>;
  /**
   * Calls an operation with `stream: true` in its body, or in the query of `getRun`. Resolves when the response headers
   * arrive. Servers that cannot stream answer with JSON instead of an event stream.
   */
  stream<Id extends StreamingOperationId>(
    operationId: Id,
    params: StreamParams<Id>,
    options?: CallOptions,
  ): Promise<Response>;
}
