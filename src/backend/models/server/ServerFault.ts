import { ModelError } from '../Model.js';

/** Class of a fault, which decides what may help: see `createFaults`. */
export type FaultKind =
  | 'auth'
  | 'missing'
  | 'rate'
  | 'quota'
  | 'filter'
  | 'rejected'
  | 'loading'
  | 'silence'
  | 'connection'
  | 'failure';

/** Details of a fault. */
export interface FaultDetails {
  kind: FaultKind;
  /** True if the same request may succeed later. */
  retryable: boolean;
  /** Delay in milliseconds that the server asks for. */
  retryAfterMs: number | undefined;
  /** Unredacted codes and message of the server, for internal checks only. */
  detail: string;
  /** Names of the request fields that the error names as structured data. */
  fields: readonly string[];
  /** HTTP status of the response, or undefined if there was none. */
  status: number | undefined;
  /** Id that the server gave the request, for its own logs. */
  requestId: string | undefined;
  cause: unknown;
}

/** Failure of a model server. */
export class ServerFault extends ModelError {
  readonly kind: FaultKind;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly detail: string;
  readonly fields: readonly string[];
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  constructor(code: ModelError['code'], message: string, details: Partial<FaultDetails> = {}) {
    super(code, message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind ?? 'failure';
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.detail = details.detail ?? '';
    this.fields = details.fields ?? [];
    this.status = details.status;
    this.requestId = details.requestId;
  }
}
