import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import { createListener } from '../../../src/backend/server/createListener.js';
import { serveBackend } from '../../../src/backend/server/serveBackend.js';

type Parsed = IncomingMessage & { body?: unknown };

/** Reads the body of a request to its end. */
async function readAll(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let text = '';
  for await (const part of request) text += part as string;
  return text;
}

/** Starts a server that lets a parser read each request before the backend gets it. */
async function startWithParser(parse: (request: Parsed) => Promise<void>) {
  const backend = createBackend();
  const listener = createListener((request) => backend.fetch(request));
  const handle: RequestListener = (request, response) => {
    void parse(request).then(() => listener(request, response));
  };
  const server = createServer(handle);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return async (body: BodyInit, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/v1/threads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
}

const THREAD = JSON.stringify({ metadata: { topic: 'tea ☕' } });

test.each<[string, (request: Parsed) => Promise<void>]>([
  [
    'as an object',
    async (request) => {
      request.body = JSON.parse(await readAll(request));
    },
  ],
  [
    'as text',
    async (request) => {
      request.body = await readAll(request);
    },
  ],
  [
    'as bytes',
    async (request) => {
      request.body = Buffer.from(await readAll(request));
    },
  ],
  [
    'as an Uint8Array',
    async (request) => {
      request.body = new TextEncoder().encode(await readAll(request));
    },
  ],
  [
    'as an ArrayBuffer',
    async (request) => {
      request.body = new TextEncoder().encode(await readAll(request)).buffer;
    },
  ],
  [
    'not at all',
    async (request) => {
      request.body = {};
    },
  ],
])('uses a body that another handler has read %s', async (_, parse) => {
  const post = await startWithParser(parse);
  expect(await post(THREAD)).toMatchObject({
    status: 200,
    body: { metadata: { topic: 'tea ☕' } },
  });
});

const circular: { self?: object } = {};
circular.self = circular;

test.each([
  ['missing', undefined],
  ['an object that refers to itself', circular],
  ['a bigint', { metadata: 1n }],
  ['a function', () => 'text'],
])('names the cause if the body is lost: %s', async (_, body) => {
  const post = await startWithParser(async (request) => {
    await readAll(request);
    request.body = body;
  });
  expect(await post(THREAD)).toMatchObject({
    status: 500,
    body: {
      error: { code: 'body_already_read', message: expect.stringContaining('before body parsers') },
    },
  });
});

test('names the cause if another handler has set an encoding', async () => {
  const post = await startWithParser(async (request) => {
    request.setEncoding('utf8');
  });
  expect(await post(THREAD)).toMatchObject({
    status: 500,
    body: { error: { message: expect.stringContaining('setEncoding') } },
  });
});

test('keeps idle connections open for longer than a load balancer', async () => {
  const server = await serveBackend(createBackend());
  onTestFinished(() => server.close());
  const response = await fetch(`${server.url}/v1/assistants`);
  await response.text();
  const [, seconds] = /timeout=(\d+)/.exec(response.headers.get('keep-alive') ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThan(60);
});

test('closes a connection whose upload stops', async () => {
  const server = await serveBackend(createBackend(), { idleTimeoutMs: 50 });
  onTestFinished(() => server.close());
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{')),
  });
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  };
  await expect(fetch(`${server.url}/v1/threads`, init as RequestInit)).rejects.toThrow(
    'fetch failed',
  );
});

test('names the option for a host that is not allowed', async () => {
  const server = await serveBackend(createBackend(), { allowedHosts: ['chat.example'] });
  onTestFinished(() => server.close());
  const response = await fetch(`${server.url}/v1/assistants`);
  expect([response.status, await response.text()]).toEqual([
    403,
    expect.stringMatching(/--allow-host 127\.0\.0\.1.*allowedHosts/),
  ]);
});
