import type { OperationId } from '../protocol/types.js';
import { requestIdOf } from './errorResponse.js';
import { AssistantsError } from './errors.js';

/** An answer that is not of this API: a login page, a proxy's, another server's. */
export function notThisApi(operation: OperationId, { status, headers }: Response): AssistantsError {
  const type = headers.get('content-type') || 'no content type';
  const message = `${operation}: the server answered ${status} with ${type}, not with JSON of this API. Check the base URL.`;
  return new AssistantsError('protocol', message, { operation, status, requestId: requestIdOf(headers) });
}

/** What the caller's signal has ended. */
export function aborted(operation: OperationId, cause: unknown): AssistantsError {
  return new AssistantsError('aborted', `${operation} was aborted.`, { operation, cause });
}

/** What a request was up against when it failed. */
interface Circumstances {
  /** The caller's. */
  signal: AbortSignal | undefined;
  deadline: AbortSignal;
  timeoutMs: number;
  /** Whether it had been handed to fetch. */
  hasLeft: boolean;
}

/** What a request that got no answer failed of: the caller's signal, the deadline, the network, or its own making. */
export function noAnswer(operation: OperationId, cause: unknown, circumstances: Circumstances): AssistantsError {
  const { signal, deadline, timeoutMs, hasLeft } = circumstances;
  if (signal?.aborted) return aborted(operation, cause);
  if (deadline.aborted) {
    const message = `${operation}: no answer within ${timeoutMs / 1_000} seconds.`;
    return new AssistantsError('timeout', message, { operation, cause, retryable: true });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${operation}: the ${hasLeft ? 'server could not be reached' : 'request could not be made'} (${reason}).`;
  return new AssistantsError(hasLeft ? 'network' : 'protocol', message, { operation, cause, retryable: hasLeft });
}
