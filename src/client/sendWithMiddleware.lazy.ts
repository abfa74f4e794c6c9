import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../protocol/types.js';
import type { FailedExchange } from './FailedExchange.js';
import { getOperation } from './operations.js';
import type { OutgoingRequest } from './OutgoingRequest.js';
import { MAX_ERROR_BYTES, readText } from './readResponse.js';

/** Sends a request through middleware of openapi-fetch. */
export async function sendWithMiddleware(
  middleware: Middleware[],
  { operationId, url, init, params, fetch }: OutgoingRequest,
): Promise<FailedExchange> {
  const { method, path } = getOperation(operationId);
  const openapi = createClient<paths, 'application/json'>();
  openapi.use(...middleware);
  const options = {
    ...init,
    params,
    // The URL and the body are complete.
    pathSerializer: () => url,
    querySerializer: () => '',
    bodySerializer: (body: unknown) => body,
    parseAs: 'stream',
    fetch: async (request: Request) => limitErrorBody(await fetch(request)),
  };
  // openapi-fetch types each path literally. Here path and method are variables, and `OperationParams` types the parameters.
  const { response, error } = await openapi[method as 'GET'](
    path as '/threads/{thread_id}',
    options as never,
  );
  return { response, body: error };
}

/** Returns an error response without its body if that is too large to be a description of an error. */
async function limitErrorBody(response: Response): Promise<Response> {
  if (response.status < 400 || !response.body) return response;
  return new Response((await readText(response, MAX_ERROR_BYTES)) || null, response);
}
