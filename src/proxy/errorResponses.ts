import { createErrorBody, type ErrorBodyDetails } from '../protocol/createErrorBody.js';

/** Options of an error response of the proxy. */
export interface ErrorResponseOptions extends ErrorBodyDetails {
  headers?: Record<string, string>;
}

/** Creates an error response of the proxy itself, in the format of the API. */
export function createErrorResponse(
  status: number,
  message: string,
  { headers = {}, ...details }: ErrorResponseOptions = {},
): Response {
  return Response.json(createErrorBody(message, details), {
    status,
    headers: { 'cache-control': 'no-store', ...headers },
  });
}

/** Creates a 404. Forbidden and unknown targets get the same response, so that a caller cannot tell them apart. */
export function createNotFound(method: string, path: string): Response {
  return createErrorResponse(404, `Invalid URL (${method} ${path})`);
}

/** Creates a 502 for an upstream server that fails, or whose response must not be forwarded. */
export function createBadGateway(message: string): Response {
  return createErrorResponse(502, message, { type: 'server_error' });
}
