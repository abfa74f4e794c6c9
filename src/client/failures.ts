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

/** What a request that got no answer failed of: the caller's signal, the deadline, or the network. */
export function noAnswer(
  id: OperationId,
  cause: unknown,
  signal: AbortSignal | undefined,
  deadline: AbortSignal,
  timeoutMs: number,
): AssistantsError {
  if (signal?.aborted) return new AssistantsError('aborted', `${id} was aborted.`, { operation: id, cause });
  if (deadline.aborted) {
    const message = `${id}: no answer within ${timeoutMs / 1_000} seconds.`;
    return new AssistantsError('timeout', message, { operation: id, retryable: true, cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AssistantsError('network', `${id}: the server could not be reached (${reason}).`, {
    operation: id,
    retryable: true,
    cause,
  });
}

/** Whether the failure came before a byte was sent, as far as the platform tells (Node does, browsers do not). */
export function neverLeft({ cause }: AssistantsError): boolean {
  const inner = cause instanceof Error ? cause.cause : undefined;
  const code = typeof inner === 'object' && inner !== null && 'code' in inner ? inner.code : undefined;
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
}
