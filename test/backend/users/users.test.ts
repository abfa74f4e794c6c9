import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Backend, createBackend } from '../../../src/backend/createBackend.js';
import type { Model } from '../../../src/backend/models/Model.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { postgresStore } from '../../../src/backend/stores/postgres/postgresStore.js';
import { sqliteStore } from '../../../src/backend/stores/sqliteStore.js';
import type { Store } from '../../../src/backend/stores/Store.js';
import { type PostgresServer, startPostgres } from '../postgres/startPostgres.js';
import { createRequest } from '../createTestBackend.js';
import { describeUsers } from './describeUsers.js';

const folder = mkdtempSync(join(tmpdir(), 'users-'));
const opened: Store[] = [];
let server: PostgresServer;
let sql: postgres.Sql;

beforeAll(async () => {
  server = await startPostgres();
  sql = postgres(server.url, { onnotice: () => undefined });
});
afterAll(async () => {
  for (const store of opened) await store.close?.();
  await sql.end({ timeout: 1 });
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** Opens a store, which is closed after the tests. */
function open(store: Store): Store {
  opened.push(store);
  return store;
}

/** Body of the responses that the test below reads. */
interface UsageBody {
  id: string;
  data: { runs: number; total_tokens: number }[];
}

describeUsers('memoryStore', () => memoryStore());
describeUsers('sqliteStore', () =>
  open(sqliteStore({ path: join(folder, `${opened.length}.sqlite`) })),
);
describeUsers('postgresStore', () => open(postgresStore({ sql, schema: `test_${opened.length}` })));

it('counts tokens exactly in several processes', async () => {
  const user = () => 'alice';
  const model: Model = {
    async *respond() {
      yield { type: 'text', text: 'Hello' };
      yield { type: 'usage', promptTokens: 10, completionTokens: 5 };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  const createProcess = () =>
    createBackend({ user, model, store: postgresStore({ sql, schema: 'usage' }) });
  const [first, second] = [createProcess(), createProcess()];
  const send = async (backend: Backend, method: string, path: string, body?: object) =>
    (await backend.fetch(createRequest(method, path, body))).json() as Promise<UsageBody>;
  const { id } = await send(first, 'POST', '/v1/assistants', { model: 'm' });
  const runs = Array.from({ length: 20 }, (_, index) =>
    send(index % 2 === 0 ? first : second, 'POST', '/v1/threads/runs', { assistant_id: id }),
  );
  await Promise.all(runs);
  await Promise.all([first.idle(), second.idle()]);
  const { data } = await send(first, 'GET', '/v1/usage');
  // The runs can end on two days.
  expect(data.reduce((sum, { runs: count }) => sum + count, 0)).toBe(20);
  expect(data.reduce((sum, day) => sum + day.total_tokens, 0)).toBe(300);
  await Promise.all([first.close(), second.close()]);
});
