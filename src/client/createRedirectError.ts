import { describeRedirect } from '../common/describeRedirect.js';
import type { OperationId } from '../protocol/types.js';
import { AssistantsError } from './AssistantsError.js';

/** Creates the error for a response that redirects. */
export function createRedirectError(
  operation: OperationId,
  response: Response,
  baseUrl: string,
): AssistantsError {
  // A response that a custom `fetch` constructs has no address.
  const requestUrl = response.redirected ? baseUrl : response.url || baseUrl;
  const [address] = requestUrl.split(/[?#]/, 1);
  const target = describeRedirect(response, requestUrl);
  const message = `${operation}: ${address} redirects to ${target}. Redirects are not followed, because they would send the API key and the body to another address. Set baseUrl to the final address.`;
  return new AssistantsError('protocol', message, { operation });
}
