/** What kind of thing went wrong; `AssistantsError` says more of each. */
export type AssistantsErrorKind =
  | 'http'
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'protocol'
  | 'stream'
  | 'run'
  | 'tool'
  | 'busy'
  | 'invalid-id';

export interface AssistantsErrorFields {
  /** The operation that failed, by its operationId. */
  operation?: string | undefined;
  /** Of the HTTP answer. */
  status?: number;
  /** Of the error body: a word for programs, its family, the field to blame. */
  code?: string | null;
  type?: string | null;
  param?: string | null;
  /** The server's name for the request; what its operators ask for. */
  requestId?: string | undefined;
  /** The run that keeps the thread busy. */
  runId?: string | undefined;
  /** How long the server asks to wait before another try. */
  retryAfterMs?: number | undefined;
  /** Whether the same call may succeed later. */
  retryable?: boolean;
  cause?: unknown;
}

/**
 * Every failure of this package.
 *
 * | kind | what happened |
 * |---|---|
 * | http | the server answered with an error status |
 * | network | no answer: offline, refused, reset, blocked by CORS |
 * | timeout | no answer in time, or a run past its expiry |
 * | aborted | the caller's signal |
 * | protocol | an answer that is not this API's, such as an HTML page, or a request that could not be made |
 * | stream | an event stream that broke, or reported an error |
 * | run | a run that ended badly |
 * | tool | a tool's handler or output failed |
 * | busy | the thread has an active run, named by `runId` |
 * | invalid-id | an id that would change the path; nothing was sent |
 */
export class AssistantsError extends Error {
  override readonly name = 'AssistantsError';
  // Those that there are; the constructor assigns them.
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
    // Error takes the cause.
    super(message, fields);
    Object.assign(this, fields);
  }
}

/** Any thrown value as an AssistantsError; one that is none already becomes kind 'protocol' with the value as its cause. */
export function toAssistantsError(value: unknown, operation?: string): AssistantsError {
  if (value instanceof AssistantsError) return value;
  const message = value instanceof Error ? value.message : String(value);
  return new AssistantsError('protocol', message, { operation, cause: value });
}
