import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { badRequest } from '../domain/errors.js';

/** Converts a `fetch` function to a request listener of Node. */
export function createListener(
  handle: (request: Request) => Promise<Response>,
): (request: IncomingMessage, response: ServerResponse) => void {
  // By default, @hono/node-server replaces the global Request and Response for the whole process.
  const listener = getRequestListener(
    async (request) => (URL.canParse(request.url) ? handle(request) : rejectUrl()),
    { overrideGlobalObjects: false },
  );
  return (request, response) => {
    void listener(request, response);
  };
}

/** A Host header such as `xn--localhost` passes the HTTP parser, but is part of no valid URL. */
function rejectUrl(): Response {
  const { status, body } = badRequest('The Host header or the path of the request is not valid.', {
    code: 'invalid_host',
  });
  return Response.json(body, { status });
}
