import { request as httpRequest } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import type { Model } from '../../../src/backend/models/Model.js';
import { serveBackend, type ListenOptions } from '../../../src/backend/server/serveBackend.js';
import { createTestBackend } from '../createTestBackend.js';
import { createPausingModel, readUntil, streamRun } from './streamRun.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function startServer(model?: Model, options?: ListenOptions) {
  const test = createTestBackend(model === undefined ? {} : { model });
  const server = await serveBackend(test.backend, options);
  closers.push(() => server.close());
  return { ...test, ...server };
}

it('listens on this machine only and streams each event immediately', async () => {
  const { model, resume } = createPausingModel();
  const { url } = await startServer(model);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const { response, reader } = await streamRun(url);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(await readUntil(reader, 'Part one.')).not.toContain('Part two.');
  resume();
  expect(await readUntil(reader, '[DONE]')).toContain('Part two.');
});

it('continues a run whose client disconnects', async () => {
  const { model, resume } = createPausingModel();
  const { url, backend, send } = await startServer(model);
  const controller = new AbortController();
  const { reader } = await streamRun(url, controller.signal);
  const thread = /"id":"(thread_\d+)"/.exec(await readUntil(reader, 'Part one.'))?.[1];
  controller.abort();
  await expect(reader.closed).rejects.toMatchObject({ name: 'AbortError' });
  resume();
  await backend.idle();
  const { body } = await send('GET', `/v1/threads/${thread}/runs`);
  expect(body.data?.map((run) => run['status'])).toEqual(['completed']);
});

it('closes open streams when it is closed', async () => {
  const { model, resume } = createPausingModel();
  const test = createTestBackend({ model });
  const server = await serveBackend(test.backend);
  const { reader } = await streamRun(server.url);
  await server.close();
  await expect(readUntil(reader, '[DONE]')).rejects.toThrow('terminated');
  await expect(fetch(`${server.url}/v1/assistants`)).rejects.toThrow('fetch failed');
  resume();
  await test.backend.idle();
});

it('rejects if the port is in use', async () => {
  const { url, backend } = await startServer();
  const port = Number(new URL(url).port);
  await expect(serveBackend(backend, { port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
    message: `Port ${port} of 127.0.0.1 is in use. Stop the other server, or choose another port.`,
  });
});

it.each<[string, ListenOptions, number]>([
  ['localhost', {}, 200],
  ['127.0.0.1', {}, 200],
  ['evil.example', {}, 403],
  ['chat.example', { allowedHosts: ['chat.example'] }, 200],
  ['localhost', { allowedHosts: ['chat.example'] }, 403],
])('handles the host %s with options %j: %i', async (host, options, status) => {
  const { url } = await startServer(undefined, options);
  const { port } = new URL(url);
  const actual = await new Promise<number | undefined>((resolve, reject) => {
    // fetch does not allow to set the Host header.
    const request = httpRequest(
      { port, path: '/v1/assistants', headers: { host: `${host}:${port}` } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    request.on('error', reject);
    request.end();
  });
  expect(actual).toBe(status);
});

it('does not replace globals of the process', async () => {
  const before = [globalThis.Request, globalThis.Response];
  await startServer();
  expect([globalThis.Request, globalThis.Response]).toEqual(before);
});
