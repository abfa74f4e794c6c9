import type { OperationId } from '../protocol/types.js';
import { getRequestId } from './errorResponse.js';
import { AssistantsError } from './errors.js';

/** An answer that is not of this API: a login page, a proxy's, another server's. */
export function createNotThisApiError(
  operation: OperationId,
  { status, headers }: Response,
): AssistantsError {
  const type = headers.get('content-type') || 'no content type';
  const message = `${operation}: the server answered ${status} with ${type}, not with JSON of this API. Check the base URL.`;
  return new AssistantsError('protocol', message, {
    operation,
    status,
    requestId: getRequestId(headers),
  });
}

/** What the caller's signal has ended. */
export function createAbortError(operation: OperationId, cause: unknown): AssistantsError {
  return new AssistantsError('aborted', `${operation} was aborted.`, { operation, cause });
}

/** No answer in time. */
export function createTimeoutError(operation: OperationId, timeoutMs: number): AssistantsError {
  const message = `${operation}: no answer within ${timeoutMs / 1_000} seconds.`;
  return new AssistantsError('timeout', message, { operation, retryable: true });
}

/**
 * A request that failed of the network, or of its own making.
 *
 * @param hasLeft Whether it had been handed to fetch.
 */
export function createNetworkError(
  operation: OperationId,
  cause: unknown,
  hasLeft: boolean,
): AssistantsError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${operation}: the ${hasLeft ? 'server could not be reached' : 'request could not be made'} (${reason}).`;
  return new AssistantsError(hasLeft ? 'network' : 'protocol', message, {
    operation,
    cause,
    retryable: hasLeft,
  });
}
