import type { OperationId } from '../protocol/types.js';
import { AssistantsError } from './AssistantsError.js';

/** Creates the error for a call that its signal aborted. */
export function createAbortError(operation: OperationId, cause: unknown): AssistantsError {
  return new AssistantsError('aborted', `${operation} was aborted.`, {
    operation,
    cause,
  });
}

/** Creates the error for an attempt that got no response in time. */
export function createTimeoutError(operation: OperationId, timeoutMs: number): AssistantsError {
  const message = `${operation} timed out: no response within ${timeoutMs / 1_000} seconds.`;
  return new AssistantsError('timeout', message, { operation, retryable: true });
}

/**
 * Creates the error for a request that got no response.
 *
 * @param wasSent False if the request failed before it was passed to `fetch`, for example because a header is invalid.
 */
export function createNetworkError(
  operation: OperationId,
  cause: unknown,
  wasSent: boolean,
): AssistantsError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
  const message = wasSent
    ? `${operation}: the server could not be reached (${reason}). Check baseUrl.`
    : `${operation} was not sent: ${reason}. Check its headers and apiKey.`;
  return new AssistantsError(wasSent ? 'network' : 'protocol', message, {
    operation,
    cause,
    retryable: wasSent,
  });
}

/**
 * Imports a module that a request needs.
 *
 * @throws AssistantsError of kind 'network' with code 'not_loaded' if it cannot be loaded. The request has not been sent.
 */
export async function loadFor<Module>(
  operation: OperationId,
  importModule: () => Promise<Module>,
): Promise<Module> {
  try {
    return await importModule();
  } catch (cause) {
    const message = `${operation} was not sent: its code could not be loaded. Check the connection.`;
    throw new AssistantsError('network', message, {
      operation,
      code: 'not_loaded',
      cause,
      retryable: true,
    });
  }
}
