import { request as httpRequest } from 'node:http';
import { createServer, type Plugin, preview } from 'vite';
import { afterEach, expect, it } from 'vitest';
import type { Model } from '../../../src/backend/models/model.js';
import { assistantsBackend } from '../../../src/backend/server/assistantsBackend.js';
import { serveBackend, type ListenOptions } from '../../../src/backend/server/serveBackend.js';
import { testBackend } from '../testBackend.js';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A model that says a word, waits to be let go, and says another. */
function gatedModel() {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const model: Model = {
    async *respond() {
      yield { type: 'text', text: 'One' };
      await gate;
      yield { type: 'text', text: 'Two' };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  return { model, letGo };
}

async function listening(model?: Model, options?: ListenOptions) {
  const test = testBackend(model === undefined ? {} : { model });
  const server = await serveBackend(test.backend, options);
  opened.push(() => server.close());
  return { ...test, ...server };
}

/** Starts a streamed run over HTTP. */
async function streamRun(base: string, signal: AbortSignal | null = null) {
  const post = (path: string, body: object) =>
    fetch(`${base}/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
  const assistant = (await (await post('/assistants', { model: 'm' })).json()) as { id: string };
  return post('/threads/runs', {
    assistant_id: assistant.id,
    stream: true,
    thread: { messages: [{ role: 'user', content: 'Hi' }] },
  });
}

async function readUntil(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  word: string,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes(word)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The stream ended before ${word}: ${text}`);
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

it('listens on this machine alone, and streams as the words come', async () => {
  const { model, letGo } = gatedModel();
  const { url } = await listening(model);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const response = await streamRun(url);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('no body');
  expect(await readUntil(reader, 'One')).not.toContain('Two');
  letGo();
  expect(await readUntil(reader, '[DONE]')).toContain('Two');
});

it('goes on with a run whose caller hung up', async () => {
  const { model, letGo } = gatedModel();
  const { url, backend, send } = await listening(model);
  const controller = new AbortController();
  const response = await streamRun(url, controller.signal);
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('no body');
  const thread = /"id":"(thread_\d+)"/.exec(await readUntil(reader, 'One'))?.[1];
  controller.abort();
  await expect(reader.closed).rejects.toMatchObject({ name: 'AbortError' });
  letGo();
  await backend.idle();
  const { body } = await send('GET', `/v1/threads/${thread}/runs`);
  expect(body.data?.map((run) => run['status'])).toEqual(['completed']);
});

it('ends open streams when it is closed', async () => {
  const { model, letGo } = gatedModel();
  const test = testBackend({ model });
  const server = await serveBackend(test.backend);
  const response = await streamRun(server.url);
  await server.close();
  await expect(response.text()).rejects.toThrow('terminated');
  await expect(fetch(`${server.url}/v1/assistants`)).rejects.toThrow('fetch failed');
  letGo();
  await test.backend.idle();
});

it('says that a port is taken', async () => {
  const { url, backend } = await listening();
  await expect(serveBackend(backend, { port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

it.each<[string, ListenOptions, number]>([
  ['localhost', {}, 200],
  ['127.0.0.1', {}, 200],
  ['evil.example', {}, 403],
  ['chat.example', { allowedHosts: ['chat.example'] }, 200],
  ['localhost', { allowedHosts: ['chat.example'] }, 403],
])('called as %s, with %j, answers %i', async (host, options, status) => {
  const { url } = await listening(undefined, options);
  const { port } = new URL(url);
  const answered = await new Promise<number | undefined>((resolve, reject) => {
    const call = httpRequest(
      { port, path: '/v1/assistants', headers: { host: `${host}:${port}` } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    call.on('error', reject);
    call.end();
  });
  expect(answered).toBe(status);
});

it('leaves the globals of the process alone', async () => {
  const before = [globalThis.Request, globalThis.Response];
  await listening();
  expect([globalThis.Request, globalThis.Response]).toEqual(before);
});

it('answers in the development server of Vite, streams included, and leaves other paths to it', async () => {
  const { model, letGo } = gatedModel();
  const plugin: Plugin = assistantsBackend({ model });
  const server = await createServer({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'silent',
    appType: 'custom',
    plugins: [plugin],
    server: { host: '127.0.0.1', port: 0, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  opened.push(() => server.close());
  await server.listen();
  const base = server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '';
  const response = await streamRun(base);
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('no body');
  expect(await readUntil(reader, 'One')).not.toContain('Two');
  letGo();
  expect(await readUntil(reader, '[DONE]')).toContain('Two');
  expect((await fetch(`${base}/v1/threads/..%2f`)).status).toBe(404);
  expect(await (await fetch(`${base}/node.test.ts`)).text()).toContain('import');
  expect((await fetch(`${base}/v1x/assistants`)).headers.has('x-request-id')).toBe(false);
});

it('answers in the preview server of Vite, with the same backend as before', async () => {
  const { backend, create } = testBackend();
  const id = await create('/v1/assistants', { model: 'm' });
  const server = await preview({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'silent',
    plugins: [assistantsBackend(backend)],
    build: { outDir: '.' },
    preview: { host: '127.0.0.1', port: 0 },
  });
  opened.push(() => server.close());
  const response = await fetch(`${server.resolvedUrls?.local[0] ?? ''}v1/assistants/${id}`);
  expect(await response.json()).toMatchObject({ id });
});
