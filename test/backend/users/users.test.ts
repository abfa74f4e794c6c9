import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll } from 'vitest';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { postgresStore } from '../../../src/backend/stores/postgres/postgresStore.js';
import { sqliteStore } from '../../../src/backend/stores/sqliteStore.js';
import type { Store } from '../../../src/backend/stores/Store.js';
import { type PostgresServer, startPostgres } from '../postgres/startPostgres.js';
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

describeUsers('memoryStore', () => memoryStore());
describeUsers('sqliteStore', () =>
  open(sqliteStore({ path: join(folder, `${opened.length}.sqlite`) })),
);
describeUsers('postgresStore', () => open(postgresStore({ sql, schema: `test_${opened.length}` })));
