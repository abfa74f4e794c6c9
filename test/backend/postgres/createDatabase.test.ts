import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase } from '../../../src/backend/stores/postgres/createDatabase.js';
import { startProxy, type Proxy } from '../../cluster/startProxy.js';
import { type PostgresServer, startPostgres } from './startPostgres.js';

let server: PostgresServer;
let proxy: Proxy;
let sql: postgres.Sql;

beforeAll(async () => {
  server = await startPostgres();
  const url = new URL(server.url);
  const port = Number(url.port);
  proxy = await startProxy(() => [port]);
  url.port = new URL(proxy.url).port;
  sql = postgres(url.href, { max: 3, connect_timeout: 5, fetch_types: false, backoff: () => 0.05 });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await proxy.close();
  await server.stop();
});

// The test runner reports an error that is thrown outside of any promise, which would end a server.
it.each([
  ['the server ends it', 'SELECT pg_terminate_backend(pg_backend_pid())', () => undefined],
  ['it breaks', 'SELECT pg_sleep(60)', () => proxy.cutConnections()],
])('repeats a transaction whose connection is lost because %s', async (_, statement, cut) => {
  const database = createDatabase(sql);
  for (let round = 0; round < 5; round += 1) {
    let attempts = 0;
    const rows = await database.transaction(async (send) => {
      attempts += 1;
      await send('SELECT 1 AS started');
      if (attempts <= 2) {
        const lost = send(statement);
        cut();
        await lost;
      }
      return send('SELECT 2 AS result');
    });
    expect(rows).toEqual([{ result: 2 }]);
    expect(attempts).toBe(3);
  }
  const all = await Promise.all(
    Array.from({ length: 6 }, () => database.query('SELECT 3 AS result')),
  );
  expect(all.flat()).toEqual(Array.from({ length: 6 }, () => ({ result: 3 })));
});

it('repeats the statements whose connections are lost together', async () => {
  const { query } = createDatabase(sql);
  for (let round = 0; round < 10; round += 1) {
    const rows = Promise.all(
      Array.from({ length: 9 }, (_, at) => query('SELECT $1::int AS at', [at])),
    );
    proxy.cutConnections();
    expect((await rows).flat()).toEqual(Array.from({ length: 9 }, (_, at) => ({ at })));
  }
});

it('passes arrays of any texts', async () => {
  const texts = ['', ' ', 'a,b', '{}', 'NULL', '"', '\\', '\\"', "'", '\n', 'é\u{1F600}', null];
  const { query } = createDatabase(sql);
  const rows = await query('SELECT unnest($1::text[]) AS item', [texts]);
  expect(rows.map(({ item }) => item as unknown)).toEqual(texts);
  expect(await query('SELECT unnest($1::text[]) AS item', [[]])).toEqual([]);
});
