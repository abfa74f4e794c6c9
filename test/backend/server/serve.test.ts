import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Model } from '../../../src/backend/models/Model.js';
import type { LogLine } from '../../../src/backend/server/LogLine.js';
import { type RunningServer, serve, type ServeOptions } from '../../../src/backend/server/serve.js';
import { createDeferred } from '../../createDeferred.js';
import { endlessModel, helloModel } from '../createTestBackend.js';

const servers: RunningServer[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close({ deadlineMs: 0 });
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function startServer(options: ServeOptions = {}) {
  const lines: LogLine[] = [];
  const server = await serve({
    model: helloModel,
    log: (line) => {
      lines.push(line);
    },
    ...options,
  });
  servers.push(server);
  const send = async (
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const createAssistant = async (headers: Record<string, string> = {}): Promise<string> => {
    const response = await send('POST', '/v1/assistants', { model: 'm' }, headers);
    const { id } = (await response.json()) as { id: string };
    return id;
  };
  return { ...server, lines, send, createAssistant };
}

function createDataPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  folders.push(folder);
  return join(folder, 'data', 'store.sqlite');
}

const createRunBody = (assistant: string) => ({
  assistant_id: assistant,
  stream: true,
  thread: { messages: [{ role: 'user', content: 'Secret words' }] },
});

it('keeps objects in the database file after a restart', async () => {
  const data = createDataPath();
  const first = await startServer({ data });
  const id = await first.createAssistant();
  await first.close();
  const second = await startServer({ data });
  expect((await second.send('GET', `/v1/assistants/${id}`)).status).toBe(200);
});

it('reports its health without an API key until it stops', async () => {
  const finish = createDeferred();
  const model: Model = {
    async *respond() {
      await finish.promise;
      yield { type: 'text', text: 'Done.' };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  const { send, createAssistant, close } = await startServer({ apiKeys: ['k'], model });
  expect((await send('GET', '/v1/assistants')).status).toBe(401);
  const health = await send('GET', '/health');
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
  expect((await send('HEAD', '/health')).status).toBe(200);
  const key = { 'api-key': 'k' };
  const body = createRunBody(await createAssistant(key));
  const stream = await send('POST', '/v1/threads/runs', body, key);
  const closing = close({ deadlineMs: 600_000 });
  const stopping = await send('GET', '/health');
  expect([stopping.status, await stopping.json()]).toEqual([503, { status: 'stopping' }]);
  finish.resolve();
  expect(await stream.text()).toMatch(
    /event: thread\.run\.completed[\s\S]*event: done\nid: \d+\ndata: \[DONE\]\n\n$/,
  );
  await closing;
  await expect(send('GET', '/health')).rejects.toThrow('fetch failed');
});

it('fails active runs at the deadline and ends their streams', async () => {
  const { send, createAssistant, close } = await startServer({ model: endlessModel });
  const stream = await send('POST', '/v1/threads/runs', createRunBody(await createAssistant()));
  const reading = stream.text();
  await close({ deadlineMs: 10 });
  expect(await reading).toMatch(
    /event: thread\.run\.failed[\s\S]*event: done\nid: \d+\ndata: \[DONE\]\n\n$/,
  );
});

it('logs every request with its id, but no texts, API keys or queries', async () => {
  const { send, createAssistant, lines } = await startServer({ apiKeys: ['secret-key'] });
  const key = { authorization: 'Bearer secret-key' };
  const body = createRunBody(await createAssistant(key));
  await (await send('POST', '/v1/threads/runs', body, key)).text();
  const list = await send('GET', '/v1/assistants?limit=1&after=', undefined, key);
  await send('GET', '/v1/assistants', undefined, { authorization: 'Bearer wrong-key' });
  const requests = lines.filter((line) => line.event === 'request');
  expect(lines[0]?.event).toBe('listening');
  expect(requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    'POST /v1/assistants 200',
    'POST /v1/threads/runs 200',
    'GET /v1/assistants 200',
    'GET /v1/assistants 401',
  ]);
  expect(requests[2]).toMatchObject({
    level: 'info',
    requestId: list.headers.get('x-request-id'),
    durationMs: expect.any(Number),
  });
  expect(JSON.stringify(lines)).not.toMatch(/Secret words|secret-key|wrong-key|limit=1/);
});

it('logs the name and stack of errors answered with 500, but not their message', async () => {
  const { send, lines } = await startServer({
    generateId: (prefix) => {
      if (prefix === 'asst_') throw new TypeError('Secret words');
      return `${prefix}000000000000000000000001`;
    },
  });
  expect((await send('POST', '/v1/assistants', { model: 'm' })).status).toBe(500);
  expect(lines.at(-1)).toMatchObject({
    level: 'error',
    status: 500,
    error: {
      name: 'TypeError',
      stack: expect.arrayContaining([expect.stringMatching(/assistants\.ts/)]),
    },
  });
  expect(JSON.stringify(lines)).not.toContain('Secret words');
});

it('closes although a client does not read its stream', async () => {
  const { send, createAssistant, close } = await startServer({ model: endlessModel });
  const stream = await send('POST', '/v1/threads/runs', createRunBody(await createAssistant()));
  await Promise.all([close({ deadlineMs: 0 }), close({ deadlineMs: 0 })]);
  await stream.body?.cancel().catch(() => {});
  await expect(send('GET', '/health')).rejects.toThrow('fetch failed');
});

it('waits for the database file until the other server has stopped', async () => {
  const data = createDataPath();
  const first = await startServer({ data });
  const id = await first.createAssistant();
  const isWaiting = createDeferred();
  const lines: LogLine[] = [];
  const starting = startServer({
    data,
    dataWaitMs: 60_000,
    log: (line) => {
      lines.push(line);
      if (line.event === 'waiting') isWaiting.resolve();
    },
  });
  await isWaiting.promise;
  await first.close();

  const second = await starting;
  expect((await second.send('GET', `/v1/assistants/${id}`)).status).toBe(200);
  expect(lines.map(({ event }) => event)).toEqual(['waiting', 'listening', 'request']);
});

it('fails to start if the database file stays in use', async () => {
  const data = createDataPath();
  await startServer({ data });
  await expect(startServer({ data, dataWaitMs: 0 })).rejects.toMatchObject({ reason: 'busy' });
});

it('releases the database file when the port is in use', async () => {
  const data = createDataPath();
  const { url } = await startServer();
  await expect(startServer({ data, port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  const { send } = await startServer({ data });
  expect((await send('GET', '/health')).status).toBe(200);
});
