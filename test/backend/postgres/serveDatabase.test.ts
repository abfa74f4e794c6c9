import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type RunningServer, serve } from '../../../src/backend/server/serve.js';
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

async function startServer() {
  const lines: LogLine[] = [];
  const server = await serve({
    model: helloModel,
    database: database.url.replace('tests@', 'tests:secret@'),
    log: (line) => {
      lines.push(line);
    },
  });
  servers.push(server);
  return { url: server.url, lines };
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
