import { ModelError } from '../Model.js';

/** Failure of a model server. */
export class ServerFault extends ModelError {
  /** True if the same request may succeed later. */
  readonly retryable: boolean;
  /** Delay in milliseconds that the server asks for. */
  readonly retryAfterMs: number | undefined;
  /** Unredacted error code and message of the server, for internal checks only. */
  readonly detail: string;

  constructor(
    code: ModelError['code'],
    message: string,
    {
      retryable = false,
      retryAfterMs,
      detail = '',
      cause,
    }: {
      retryable?: boolean;
      retryAfterMs?: number | undefined;
      detail?: string;
      cause?: unknown;
    } = {},
  ) {
    super(code, message, cause === undefined ? undefined : { cause });
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
    this.detail = detail;
  }
}
