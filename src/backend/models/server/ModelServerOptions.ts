import type { ModelLogEntry } from './ModelLogEntry.js';
import type { ModelCompatibility } from './ModelCompatibility.js';

/** Options for `chatCompletionsModel` and `responsesModel`. */
export interface ModelServerOptions {
  /** Base URL of the API, such as `http://127.0.0.1:11434/v1`. The path of the operation is appended. */
  baseUrl: string;
  /** Sent as `Authorization: Bearer`, and removed from all error messages. */
  apiKey?: string;
  /** Name of the model. @default the model of the run */
  model?: string;
  /** Headers of each request. They override the default headers. */
  headers?: Readonly<Record<string, string>>;
  /** @default the global fetch */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /**
   * Maximum time without data, before and during an answer, in milliseconds. A local model may be silent while it reads a long
   * prompt. The `fetch` of Node has a limit of its own of 300,000.
   * @default 300,000
   */
  timeoutMs?: number;
  /** Retries of requests that fail before their first event. */
  retry?: RetryOptions;
  /** Features of the server. @default all are learnt */
  compatibility?: ModelCompatibility;
  /** Called with each change that a server needs, and with each failure. @default console.warn */
  log?: (entry: ModelLogEntry) => void;
}

/** Options for retries. */
export interface RetryOptions {
  /** Maximum number of retries. @default 2 */
  attempts?: number;
  /**
   * Delay before the first retry in milliseconds, if the server does not ask for another one. It doubles each time.
   *
   * @default 500
   */
  minDelayMs?: number;
  /** Maximum delay in milliseconds. The request fails if the server asks for a longer one. @default 60,000 */
  maxDelayMs?: number;
  /** Maximum time to wait for a server that is loading its model, in milliseconds. Does not count as retries. @default 300,000 */
  loadingMs?: number;
}
