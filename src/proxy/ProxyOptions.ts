import type { MatchedOperation } from '../protocol/matchOperation.js';
import type { OperationId } from '../protocol/types.js';
import type { OwnedObject, Ownership } from './ownership/Ownership.js';
import type { ProxyPolicy } from './policy/ProxyPolicy.js';

/** Object that a request names in its path or its body. */
export interface NamedObject extends OwnedObject {
  /** True if the request changes or deletes the object itself. */
  isChanged: boolean;
}

/** Request that `authorize` decides about. */
export interface ProxyTarget extends MatchedOperation {
  /** Id that `user` has returned. Undefined without `user`. */
  user: string | undefined;
  /** Parsed body: a JSON object, or `file` and `purpose` of an upload. Undefined without a body. */
  body: Readonly<Record<string, unknown>> | undefined;
  /** Threads, files, vector stores and assistants that the path and the body name. */
  objects: readonly NamedObject[];
}

/** Limits of a proxy: sizes in bytes, times in milliseconds. */
export interface ProxyLimits {
  /** JSON body of a request. Larger ones get a 413. @default 1 MiB */
  bodyBytes?: number;
  /** Multipart body of `uploadFile`. It is kept in memory while it is checked. @default 32 MiB */
  uploadBytes?: number;
  /** JSON body of a response. Larger ones become a 502. @default 64 MiB */
  responseBytes?: number;
  /** One event of a stream. @default 8 MiB */
  eventBytes?: number;
  /** Content of a file. @default 512 MiB */
  downloadBytes?: number;
  /** Time until the upstream server responds. @default 60 s */
  headersMs?: number;
  /** Time until a stream has its first event. @default 120 s */
  firstEventMs?: number;
  /** Time without data, in requests and responses. @default 120 s */
  silenceMs?: number;
  /** Active runs of each user, if `user` is given. More get a 429. Counted in this process. @default 10 */
  concurrentRuns?: number;
}

/**
 * Options of `createProxy`. A request passes if its operation is in `allow`, its user is known, `policy` allows its parts,
 * `ownership` knows its objects as the user's, and `authorize` returns true. At least one of the last two is required.
 */
export interface ProxyOptions {
  /**
   * Base URL of the API with the version in its path, such as `https://host/v1`. Its query is sent with every request.
   * Redirects are not followed.
   */
  upstream: string;
  /** The operations that are forwarded, such as `threadViewOperations`. All others get a 404. */
  allow: readonly OperationId[];
  /** Sent to the upstream server as `Authorization: Bearer`. It never reaches the caller. */
  apiKey?: string;
  /** Additional headers for the upstream server. They override the headers of the proxy. */
  headers?:
    | Record<string, string>
    | ((request: Request) => Record<string, string> | Promise<Record<string, string>>);
  /**
   * Returns the id of the user, for example from a session cookie. Undefined, null and '' get a 401. Users have separate objects,
   * rate limits and idempotency keys.
   *
   * @default all callers are one user, and `ownership` and `onThreadCreated` are not available
   */
  user?: (request: Request) => string | null | undefined | Promise<string | null | undefined>;
  /**
   * Records who has created a thread, file, vector store or assistant, and only lets that user name it. An id of another user
   * gets the same 404 as an unknown id. See `memoryOwnership` and `sqlOwnership`. Needs `user`.
   */
  ownership?: Ownership;
  /** Parts of requests that callers may decide. @default nothing */
  policy?: ProxyPolicy;
  /**
   * Decides about a request after all other checks. Only `true` lets it pass. A `Response`, such as a 401, is sent to the caller.
   * Any other value gets a 404. Without `ownership`, it must check the threads in `objects`; files, vector stores and assistants
   * need `policy` or `ownership`.
   */
  authorize?: (
    request: Request,
    target: ProxyTarget,
  ) => boolean | Response | Promise<boolean | Response>;
  /**
   * Called with each new thread before its id is sent to the caller. Not called if the server repeats its response to an earlier
   * request with the same Idempotency-Key. Needs `user`.
   */
  onThreadCreated?: (request: Request, threadId: string) => void | Promise<void>;
  /**
   * Called with each error that is answered with a 500 or 502, for the log of your server.
   *
   * @default console.error for errors that your functions have thrown, and nothing for others
   */
  onError?: (error: unknown, request: Request) => void;
  /** Limits the requests of each user. Rejected requests get a 429. @default no limit */
  rateLimit?: { requestsPerMinute: number };
  /** Limits of sizes and times. */
  limits?: ProxyLimits;
  /** Path below which the proxy answers. @default '/v1' */
  basePath?: string;
  /** @default the global fetch */
  fetch?: (input: URL, init: RequestInit) => Promise<Response>;
  /** Returns the time in milliseconds since 1970, for the limits of each user. @default Date.now */
  now?: () => number;
}
