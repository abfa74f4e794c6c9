import type { MatchedOperation } from '../protocol/matchOperation.js';
import type { OperationId } from '../protocol/types.js';

/** Options of `createProxy`. */
export interface ProxyOptions {
  /** Base URL of the API, such as `https://host/v1`. Its query is sent with every request. */
  upstream: string;
  /** The operations that are forwarded. All others get a 404. */
  allow: readonly OperationId[];
  /** Sent to the upstream server as `Authorization: Bearer`. It never reaches the caller. */
  apiKey?: string;
  /** Additional headers for the upstream server. They override the headers of the proxy. */
  headers?:
    | Record<string, string>
    | ((request: Request) => Record<string, string> | Promise<Record<string, string>>);
  /**
   * Decides if a request may perform an operation on the ids of its path. `false` gets the same 404 as an unknown id. A
   * `Response`, such as a 401, is sent to the caller. Runs, messages and steps belong to their thread, so check the thread;
   * files and assistants belong to the API key.
   *
   * @default every request may perform every allowed operation
   */
  authorize?: (
    request: Request,
    target: MatchedOperation,
  ) => boolean | Response | Promise<boolean | Response>;
  /** Called with each new thread before its id is sent to the caller, so that `authorize` can look up its owner. */
  onThreadCreated?: (request: Request, threadId: string) => void | Promise<void>;
  /**
   * Returns the id of the user. Users have separate rate limits and separate idempotency keys.
   *
   * @default all callers are one user
   */
  user?: (request: Request) => string;
  /** Limits the requests of each user. Rejected requests get a 429. @default no limit */
  rateLimit?: { requestsPerMinute: number };
  /**
   * Largest request bodies in bytes: `bodyBytes` for JSON, `uploadBytes` for the multipart body of uploadFile. Larger ones get
   * a 413.
   *
   * @default { bodyBytes: 1 MiB, uploadBytes: 32 MiB }
   */
  limits?: { bodyBytes?: number; uploadBytes?: number };
  /** Path below which the proxy answers. @default '/v1' */
  basePath?: string;
  /** @default the global fetch */
  fetch?: (input: URL, init: RequestInit) => Promise<Response>;
  /** Returns the time in milliseconds since 1970, for the rate limit. @default Date.now */
  now?: () => number;
}
