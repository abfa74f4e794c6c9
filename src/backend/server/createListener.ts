import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { badRequest } from '../domain/errors.js';
import { createErrorBody } from '../../protocol/createErrorBody.js';

/** Request whose body may have been read by another handler, such as the body parser of Express. */
type ParsedRequest = IncomingMessage & { body?: unknown; rawBody?: unknown };

/**
 * Converts the `fetch` of a backend or a proxy to a request listener of Node, for `node:http`, Express and other
 * servers. Uses the body that a body parser has read; a request whose body is lost gets 500 with the cause, because it
 * would otherwise be executed without its content.
 *
 * The path of the request must begin with the `basePath` of the backend. In Express 5:
 * `app.all('/v1/*path', createListener(backend.fetch))`.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createBackend } from 'assistants-react/backend';
 * import { createListener } from 'assistants-react/backend/node';
 *
 * createServer(createListener(createBackend().fetch)).listen(8787, '127.0.0.1');
 * ```
 */
export function createListener(
  handle: (request: Request) => Promise<Response>,
): (request: IncomingMessage, response: ServerResponse) => void {
  // By default, @hono/node-server replaces the global Request and Response for the whole process.
  const listener = getRequestListener(
    async (request) => (URL.canParse(request.url) ? handle(request) : rejectUrl()),
    { overrideGlobalObjects: false },
  );
  return (request, response) => {
    if (restoreBody(request)) void listener(request, response);
    else rejectLostBody(request, response);
  };
}

/** A Host header such as `xn--localhost` passes the HTTP parser, but is part of no valid URL. */
function rejectUrl(): Response {
  const { status, body } = badRequest('The Host header or the path of the request is not valid.', {
    code: 'invalid_host',
  });
  return Response.json(body, { status });
}

/** Restores the body of a request that was read. Returns false if it is lost. */
function restoreBody(request: ParsedRequest): boolean {
  const isUntouched = !request.readableDidRead && request.readableEncoding === null;
  if (isUntouched || Buffer.isBuffer(request.rawBody)) return true;
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && (length === undefined || Number(length) === 0)) return true;
  const { body } = request;
  const isJson = request.headers['content-type']?.includes('json') === true;
  const bytes = toBytes(body) ?? (isJson ? encodeJson(body) : undefined);
  request.rawBody = bytes;
  return bytes !== undefined;
}

/** Returns the bytes of a body that was not parsed. Undefined for other values. */
function toBytes(body: unknown): Buffer | undefined {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof ArrayBuffer) return Buffer.from(body);
  if (!ArrayBuffer.isView(body)) return undefined;
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/** Returns undefined for a value that JSON cannot express, such as a class with a reference to itself. */
function encodeJson(body: unknown): Buffer | undefined {
  try {
    const text: string | undefined = JSON.stringify(body);
    return text === undefined ? undefined : Buffer.from(text);
  } catch {
    return undefined;
  }
}

function rejectLostBody(request: IncomingMessage, response: ServerResponse): void {
  const message = request.readableDidRead
    ? 'Another handler has already read the body of this request. Mount the backend before body parsers.'
    : 'Another handler has called setEncoding() on this request, so its body can no longer be read as bytes. Mount the backend before that handler.';
  response.writeHead(500, { 'content-type': 'application/json' });
  response.end(JSON.stringify(createErrorBody(message, { code: 'body_already_read' })));
}
