import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type RunningServer, serve, type ServeOptions } from '../../../src/backend/server/serve.js';
import type { LogLine } from '../../../src/backend/server/LogLine.js';
import { helloModel } from '../createTestBackend.js';
import { type PostgresServer, startPostgres } from './startPostgres.js';

let database: PostgresServer;
const servers: RunningServer[] = [];

beforeAll(async () => {
  database = await startPostgres();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close({ deadlineMs: 0 });
});
afterAll(() => database.stop());

async function startServer(options: ServeOptions = {}) {
  const lines: LogLine[] = [];
  const server = await serve({
    ...options,
    model: helloModel,
    database: database.url.replace('tests@', 'tests:secret@'),
    log: (line) => {
      lines.push(line);
    },
  });
  servers.push(server);
  return { ...server, lines };
}

it('serves one database from several servers, and does not log its password', async () => {
  const [first, second] = [await startServer(), await startServer()];
  const created = await fetch(`${first.url}/v1/threads`, { method: 'POST' });
  const { id } = (await created.json()) as { id: string };
  expect((await fetch(`${second.url}/v1/threads/${id}`)).status).toBe(200);
  expect(first.lines[0]).toMatchObject({
    event: 'listening',
    data: database.url.replace('tests@', ''),
  });
  expect(JSON.stringify(first.lines)).not.toContain('secret');
});

it('counts the notifications between servers', async () => {
  const [first, second] = [await startServer({ metrics: {} }), await startServer({ metrics: {} })];
  const post = (path: string, body: object) =>
    fetch(`${first.url}/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const { id } = (await (await post('/assistants', { model: 'm' })).json()) as { id: string };
  await post('/threads/runs', { assistant_id: id });
  const readMetrics = async ({ metricsUrl = '' }: RunningServer) =>
    (await fetch(metricsUrl)).text();
  await expect
    .poll(() => readMetrics(first))
    .toMatch(/assistants_notifications_total\{direction="sent"\} [1-9]/);
  await expect
    .poll(() => readMetrics(second))
    .toMatch(/assistants_notifications_total\{direction="received"\} [1-9]/);
});

it('is healthy but not ready while the database is away, and continues when it is back', async () => {
  const { url } = await startServer();
  expect((await fetch(`${url}/ready`)).status).toBe(200);
  await database.kill();
  expect((await fetch(`${url}/ready`)).status).toBe(503);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const created = fetch(`${url}/v1/threads`, { method: 'POST' });
  await database.start();
  expect((await created).status).toBe(200);
  expect((await fetch(`${url}/ready`)).status).toBe(200);
});

it.each([
  ['mysql://db.example/chat', 'The URL of the database is invalid'],
  ['chat', 'The URL of the database is invalid'],
])('rejects the URL %s', async (url, message) => {
  await expect(serve({ database: url, log: () => undefined })).rejects.toThrow(message);
});

it('rejects a file and a database together', async () => {
  await expect(serve({ database: database.url, data: 'x.sqlite' })).rejects.toThrow(
    'Set either `data` or `database`.',
  );
});
