import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createDeferred } from '../../createDeferred.js';

/** Request that the server received. */
export interface FakeRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
  /** Number of requests before this one. */
  index: number;
}

/** Answer of the server. */
export interface FakeAnswer {
  /** @default 200 */
  status?: number;
  /** Content type. Null for none. @default text/event-stream, or application/json for an object as body */
  type?: string | null;
  headers?: Record<string, string>;
  /** Text, a list of texts that are sent as separate chunks, or a JSON object. */
  body: string | readonly string[] | object;
  /** Closes the connection without the end of the body. */
  isCut?: boolean;
  /** Leaves the response open. */
  isOpen?: boolean;
}

/** Model server on this machine that answers with what a test returns. Stops at the end of the test. */
export async function startFakeServer(answer: (request: FakeRequest) => FakeAnswer) {
  const requests: FakeRequest[] = [];
  const received = createDeferred();
  const closed = createDeferred();
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const fakeRequest: FakeRequest = {
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(text) as Record<string, unknown>,
        index: requests.length,
      };
      requests.push(fakeRequest);
      const {
        status = 200,
        type,
        headers = {},
        body,
        isCut = false,
        isOpen = false,
      } = answer(fakeRequest);
      const isDocument = typeof body === 'object' && !isList(body);
      const contentType = type ?? (isDocument ? 'application/json' : 'text/event-stream');
      response.writeHead(status, {
        ...(type === null ? {} : { 'content-type': contentType }),
        ...headers,
      });
      for (const part of toChunks(body)) response.write(part);
      response.flushHeaders();
      response.on('close', () => closed.resolve());
      received.resolve();
      if (isCut) response.destroy();
      else if (!isOpen) response.end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    /** Resolves when the first request was received. */
    received: received.promise,
    /** Resolves when the first response was closed. */
    closed: closed.promise,
  };
}

function isList(body: FakeAnswer['body']): body is readonly string[] {
  return Array.isArray(body);
}

function toChunks(body: FakeAnswer['body']): readonly string[] {
  if (typeof body === 'string') return [body];
  return isList(body) ? body : [JSON.stringify(body)];
}

/** Encodes events as a stream. Texts are sent as they are. */
export function toStream(...events: (object | string)[]): string {
  return events
    .map((event) => (typeof event === 'string' ? event : `data: ${JSON.stringify(event)}\n\n`))
    .join('');
}

export const DONE = 'data: [DONE]\n\n';

/** Creates a chunk of a chat completion. */
export function chunk(delta: object, finish_reason: string | null = null): object {
  return { choices: [{ index: 0, delta, finish_reason }] };
}

/** Creates a chunk with fragments of tool calls. */
export function calls(...tool_calls: object[]): object {
  return chunk({ tool_calls });
}

/** Stream of a chat completion with a text. */
export function chatText(text: string): string {
  return toStream(chunk({ role: 'assistant', content: text }), chunk({}, 'stop'), DONE);
}

/** Stream of a chat completion with a call of `get_weather`. */
export function chatCall(id = 'call_1', extra: object = {}): string {
  return toStream(
    calls({
      index: 0,
      id,
      function: { name: 'get_weather', arguments: '{"city":"Paris"}' },
      ...extra,
    }),
    chunk({}, 'tool_calls'),
    DONE,
  );
}

/** Stream of a response with a text. */
export function responsesText(text: string): string {
  return toStream(
    { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: text },
    { type: 'response.completed', response: { status: 'completed' } },
  );
}

export const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
};
