import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { LogLine } from '../../../src/backend/server/LogLine.js';
import { type RunningServer, serve, type ServeOptions } from '../../../src/backend/server/serve.js';
import { endlessModel, helloModel } from '../testBackend.js';

const servers: RunningServer[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close({ deadlineMs: 0 });
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function serving(options: ServeOptions = {}) {
  const lines: LogLine[] = [];
  const server = await serve({
    model: helloModel,
    log: (line) => void lines.push(line),
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
  return { ...server, lines, send };
}

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  folders.push(folder);
  return join(folder, 'data', 'store.sqlite');
}

const runBody = (assistant: unknown) => ({
  assistant_id: assistant,
  stream: true,
  thread: { messages: [{ role: 'user', content: 'Secret words' }] },
});

it('keeps what it was told when it is started again', async () => {
  const data = newFile();
  const first = await serving({ data });
  const { id } = (await (await first.send('POST', '/v1/assistants', { model: 'm' })).json()) as {
    id: string;
  };
  await first.close();
  const second = await serving({ data });
  expect((await second.send('GET', `/v1/assistants/${id}`)).status).toBe(200);
});

it('answers its health without a key, until it stops', async () => {
  const { send, close } = await serving({ apiKeys: ['k'], model: endlessModel });
  expect((await send('GET', '/v1/assistants')).status).toBe(401);
  const health = await send('GET', '/health');
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
  const assistant = (await (
    await send('POST', '/v1/assistants', { model: 'm' }, { 'api-key': 'k' })
  ).json()) as { id: string };
  const stream = await send('POST', '/v1/threads/runs', runBody(assistant.id), { 'api-key': 'k' });
  const closing = close({ deadlineMs: 300 });
  expect((await send('GET', '/health')).status).toBe(503);
  expect(await stream.text()).toMatch(
    /event: thread\.run\.failed[\s\S]*event: done\ndata: \[DONE\]\n\n$/,
  );
  await closing;
  await expect(send('GET', '/health')).rejects.toThrow('fetch failed');
});

it('logs every request by its id, and neither text nor key nor query', async () => {
  const { send, lines } = await serving({ apiKeys: ['secret-key'] });
  const key = { authorization: 'Bearer secret-key' };
  const assistant = (await (await send('POST', '/v1/assistants', { model: 'm' }, key)).json()) as {
    id: string;
  };
  await (await send('POST', '/v1/threads/runs', runBody(assistant.id), key)).text();
  const listed = await send('GET', '/v1/assistants?limit=1&after=', undefined, key);
  await send('GET', '/v1/assistants', undefined, { authorization: 'Bearer wrong-key' });
  expect(
    lines.map((line) =>
      line.event === 'request' ? `${line.method} ${line.path} ${line.status}` : line.event,
    ),
  ).toEqual([
    'listening',
    'POST /v1/assistants 200',
    'POST /v1/threads/runs 200',
    'GET /v1/assistants 200',
    'GET /v1/assistants 401',
  ]);
  expect(
    lines.find(
      (line) => line.event === 'request' && line.id === listed.headers.get('x-request-id'),
    ),
  ).toMatchObject({ level: 'info' });
  const written = JSON.stringify(lines);
  expect(written).not.toMatch(/Secret words|secret-key|wrong-key|limit=1/);
});

it('logs what was answered with 500, where it happened, without its words', async () => {
  const { send, lines } = await serving({
    generateId: (prefix) => {
      if (prefix === 'asst_') throw new TypeError('Secret words');
      return `${prefix}000000000000000000000001`;
    },
  });
  expect((await send('POST', '/v1/assistants', { model: 'm' })).status).toBe(500);
  expect(lines.at(-1)).toMatchObject({ level: 'error', status: 500, error: { name: 'TypeError' } });
  expect(JSON.stringify(lines.at(-1))).toMatch(/assistants\.ts/);
  expect(JSON.stringify(lines)).not.toContain('Secret words');
});

it('ends though a caller does not read his stream', async () => {
  const { send, close } = await serving({ model: endlessModel });
  const assistant = (await (await send('POST', '/v1/assistants', { model: 'm' })).json()) as {
    id: string;
  };
  const stream = await send('POST', '/v1/threads/runs', runBody(assistant.id));
  await Promise.all([close({ deadlineMs: 0 }), close({ deadlineMs: 0 })]);
  await stream.body?.cancel().catch(() => {});
  await expect(send('GET', '/health')).rejects.toThrow('fetch failed');
});

it('gives the database free when the port is taken', async () => {
  const data = newFile();
  const { url } = await serving();
  await expect(serving({ data, port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  const { send } = await serving({ data });
  expect((await send('GET', '/health')).status).toBe(200);
});
