import { afterAll, beforeAll, expect, it } from 'vitest';
import { LONG_ANSWER } from '../../src/backend/models/scripted/demoTexts.js';
import type { Run } from '../../src/protocol/types.js';
import { type ServerProcess, spawnServerWithClock } from '../backend/crash/startServer.js';
import { getRun, startWaitingRuns } from '../backend/crash/waitingRuns.js';
import { type PostgresServer, startPostgres } from '../backend/postgres/startPostgres.js';
import { readRun } from './readRun.js';

const HOUR_MS = 3_600_000;

let database: PostgresServer;
const servers: ServerProcess[] = [];

beforeAll(async () => {
  database = await startPostgres();
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  await database.stop();
});

async function start(aheadMs: number): Promise<ServerProcess> {
  const server = await spawnServerWithClock(aheadMs, '--database', database.url);
  servers.push(server);
  return server;
}

it('shares runs between servers whose clocks are wrong by an hour', async () => {
  const [early, late] = [await start(-HOUR_MS), await start(HOUR_MS)];
  const [waiting] = await startWaitingRuns(early, 1);
  const assistant = await early.send('POST', '/assistants', { model: 'demo' });
  const started = await early.send('POST', '/threads/runs', {
    assistant_id: assistant.body.id,
    thread: { messages: [{ role: 'user', content: 'A long answer' }] },
  });
  const run = started.body as unknown as Run;
  // For the server that is late, a lease by the clock of the other one would have expired two hours ago.
  const received = await readRun(late.url, run);
  expect(received.text).toBe(LONG_ANSWER);
  expect((await getRun(late, run)).status).toBe('completed');
  if (waiting === undefined) throw new Error('One run waits.');
  expect((await getRun(late, waiting)).status).toBe('requires_action');
  const { body } = await late.send('POST', '/threads');
  const { created_at: createdAt } = body as unknown as { created_at: number };
  expect(Math.abs(createdAt - run.created_at)).toBeLessThan(HOUR_MS / 1000);
});
