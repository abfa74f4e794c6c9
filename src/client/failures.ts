import type { OperationId } from '../protocol/types.js';
import { requestIdOf } from './errorResponse.js';
import { AssistantsError } from './errors.js';

/** An answer that is not of this API: a login page, a proxy's, another server's. */
export function notThisApi(id: OperationId, response: Response, type: string): AssistantsError {
  const message = `${id}: the server answered ${response.status} with ${type || 'no content type'}, not with JSON of this API. Check the base URL.`;
  const requestId = requestIdOf(response.headers);
  return new AssistantsError('protocol', message, {
    operation: id,
    status: response.status,
    ...(requestId !== undefined && { requestId }),
  });
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
export function noAnswer(id: OperationId, cause: unknown, circumstances: Circumstances): AssistantsError {
  const { signal, deadline, timeoutMs, hasLeft } = circumstances;
  const fields = { operation: id, cause };
  if (signal?.aborted) return new AssistantsError('aborted', `${id} was aborted.`, fields);
  if (deadline.aborted) {
    const message = `${id}: no answer within ${timeoutMs / 1_000} seconds.`;
    return new AssistantsError('timeout', message, { ...fields, retryable: true });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return hasLeft
    ? new AssistantsError('network', `${id}: the server could not be reached (${reason}).`, { ...fields, retryable: true })
    : new AssistantsError('protocol', `${id}: the request could not be made (${reason}).`, fields);
}
