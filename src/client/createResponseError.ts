import type { OperationId } from '../protocol/types.js';
import { AssistantsError } from './AssistantsError.js';
import type { FailedExchange } from './FailedExchange.js';

/**
 * Creates the error for a response with an error status, a redirect, or a successful response that is not from this API. The
 * code that reads it is loaded on demand, because most requests succeed.
 */
export async function createResponseError(
  operation: OperationId,
  exchange: FailedExchange,
): Promise<AssistantsError> {
  try {
    const { describeResponse } = await loadResponseErrors();
    return describeResponse(operation, exchange);
  } catch {
    // The code cannot be loaded. The status is known nevertheless.
    const { ok, status } = exchange.response;
    const message = `${operation}: the server answered ${status}.`;
    const fields = { operation, status, retryable: status >= 500 };
    return new AssistantsError(ok ? 'protocol' : 'http', message, fields);
  }
}

/** Creates the error that an event of a stream reports. */
export async function createReportedError(data: unknown): Promise<AssistantsError> {
  try {
    const { describeReport } = await loadResponseErrors();
    return describeReport(data);
  } catch {
    return new AssistantsError('stream', 'The server reported an error.');
  }
}

const loadResponseErrors = () => import('./responseErrors.lazy.js');
