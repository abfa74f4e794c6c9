/** Cause of an `AssistantsError`. Its docblock describes each kind. */
export type AssistantsErrorKind =
  | 'http'
  | 'unsupported'
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'protocol'
  | 'stream'
  | 'run'
  | 'tool'
  | 'busy'
  | 'invalid-id';

/** Details of an `AssistantsError`. Fields that do not apply are undefined. */
export interface AssistantsErrorFields {
  /** operationId of the operation that failed. */
  operation?: string | undefined;
  /** Status code of the HTTP response. */
  status?: number;
  /**
   * `code` of the error body, such as 'rate_limit_exceeded'. Null if the body has none. Of this package: 'not_loaded' with kind
   * 'network', if a part of its own code could not be loaded.
   */
  code?: string | null;
  /** `type` of the error body, such as 'invalid_request_error'. Null if the body has none. */
  type?: string | null;
  /** Name of the rejected parameter. Null if the error body has none. */
  param?: string | null;
  /** Id that the server gave to the request, for support requests. */
  requestId?: string | undefined;
  /** Id of the run that failed, or that keeps the thread busy. */
  runId?: string | undefined;
  /** Delay in milliseconds that the server asks for before the next attempt. */
  retryAfterMs?: number | undefined;
  /** True if the same call may succeed later. @default false */
  retryable?: boolean;
  cause?: unknown;
}

/**
 * The error class of this package.
 *
 * | kind | what happened |
 * |---|---|
 * | http | the server answered with an error status |
 * | unsupported | the server does not have the operation, see `operation`; it is not requested again |
 * | network | no response: offline, refused, reset, blocked by CORS |
 * | timeout | no response in time, or a run that is past its expiry |
 * | aborted | the caller aborted the request or stopped following the run |
 * | protocol | a response that is not from this API, such as an HTML page, or a request that could not be created |
 * | stream | an event stream broke off or reported an error |
 * | run | a run failed, or is not in the status that the call requires |
 * | tool | a tool handler or its output failed |
 * | busy | the thread has an active run, see `runId` |
 * | invalid-id | an id that would change the path of the request; nothing was sent |
 */
export class AssistantsError extends Error {
  override readonly name = 'AssistantsError';
  // Declared only: the constructor assigns the fields that are given, so an error without a cause has no `cause` key.
  declare readonly operation: string | undefined;
  declare readonly status: number | undefined;
  declare readonly code: string | null | undefined;
  declare readonly type: string | null | undefined;
  declare readonly param: string | null | undefined;
  declare readonly requestId: string | undefined;
  declare readonly runId: string | undefined;
  declare readonly retryAfterMs: number | undefined;
  readonly retryable: boolean = false;

  constructor(
    readonly kind: AssistantsErrorKind,
    message: string,
    fields: AssistantsErrorFields = {},
  ) {
    // `Error` reads `cause` from its options.
    super(message, fields);
    Object.assign(this, fields);
  }
}

/** Returns an AssistantsError unchanged, and wraps any other thrown value as the cause of one of kind 'protocol'. */
export function toAssistantsError(value: unknown, operation?: string): AssistantsError {
  if (value instanceof AssistantsError) return value;
  const message = value instanceof Error ? value.message : String(value);
  return new AssistantsError('protocol', message, { operation, cause: value });
}
