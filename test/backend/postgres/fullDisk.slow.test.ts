import { randomBytes } from 'node:crypto';
import { chownSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, it } from 'vitest';
import { postgresStore } from '../../../src/backend/stores/postgres/postgresStore.js';
import { mountSmallDisk } from '../crash/fillDiskRepeatedly.js';
import { createTestBackend } from '../createTestBackend.js';
import { startPostgres } from './startPostgres.js';

const MEBIBYTE = 1024 * 1024;
const MAX_WRITES = 5_000;

it('loses no acknowledged write when the disk of the tables is full', async () => {
  const server = await startPostgres();
  const disk = mountSmallDisk(24 * MEBIBYTE);
  const sql = postgres(server.url, { onnotice: () => undefined });
  try {
    const [row] = await sql`SHOW data_directory`;
    const { uid, gid } = statSync(String(row?.['data_directory']));
    chownSync(disk.folder, uid, gid);
    // The log of the server stays on the large disk: without space for it, PostgreSQL stops.
    await sql.unsafe(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
    const tables = postgres(server.url, {
      connection: { default_tablespace: 'small' },
      onnotice: () => undefined,
    });
    const ballast = join(disk.folder, 'ballast');
    writeFileSync(ballast, new Uint8Array(8 * MEBIBYTE));
    const errors: unknown[] = [];
    const { send, create, backend } = createTestBackend({
      store: postgresStore({ sql: tables }),
      onError: (error) => errors.push(error),
    });
    const thread = await create('/v1/threads');
    const path = `/v1/threads/${thread}/messages`;
    const add = () =>
      send('POST', path, { role: 'user', content: randomBytes(10_000).toString('base64') });
    const acknowledged: unknown[] = [];
    let status = 200;
    while (status === 200 && acknowledged.length < MAX_WRITES) {
      const response = await add();
      status = response.status;
      if (status === 200) acknowledged.push(response.body.id);
    }
    expect([status, String(errors)]).toEqual([507, expect.stringContaining('is full')]);
    const listIds = async () => {
      const ids: unknown[] = [];
      for (let after = ''; ; after = String(ids.at(-1))) {
        const page = await send('GET', `${path}?order=asc&limit=100&after=${after}`);
        ids.push(...(page.body.data ?? []).map(({ id }) => id));
        if (page.body['has_more'] !== true) return ids;
      }
    };
    expect(await listIds()).toEqual(acknowledged);
    rmSync(ballast);
    acknowledged.push((await add()).body.id);
    expect(await listIds()).toEqual(acknowledged);
    await backend.close({ deadlineMs: 0 });
    await tables.end({ timeout: 1 });
  } finally {
    await sql.end({ timeout: 1 });
    await server.stop();
    disk.unmount();
  }
});
