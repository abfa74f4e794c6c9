import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';

/** Converts a `fetch` function to a request listener of Node. */
export function createListener(
  handle: (request: Request) => Promise<Response>,
): (request: IncomingMessage, response: ServerResponse) => void {
  // By default, @hono/node-server replaces the global Request and Response for the whole process.
  const listener = getRequestListener(handle, { overrideGlobalObjects: false });
  return (request, response) => {
    void listener(request, response);
  };
}
