import { StoreError } from '../StoreError.js';
import type { Database, Query } from './createDatabase.js';
import { MIGRATIONS } from './postgresSchema.js';

/** Oldest supported version of PostgreSQL, as in `server_version_num`. */
const OLDEST_SERVER = 140_000;
/** Number of the advisory lock that migrations hold: "asst". */
export const MIGRATION_LOCK = 0x61737374;

/**
 * Creates the schema of a store and migrates it to the version of this package. Processes that start together wait for each
 * other.
 *
 * @throws StoreError if the server is too old, the schema is newer than this package, or the user lacks a privilege.
 */
export async function migrateSchema(database: Database, schema: string): Promise<void> {
  const [server] = await database.query(`SELECT current_setting('server_version_num') AS version`);
  if (Number(server?.['version']) < OLDEST_SERVER) {
    throw new StoreError(
      'failed',
      `The store needs PostgreSQL 14 or newer. The server has version ${Math.floor(Number(server?.['version']) / 10_000)}.`,
    );
  }
  if ((await readVersion(database.query, schema)) === MIGRATIONS.length) return;
  await database.transaction(async (query) => {
    await query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    // Not with IF NOT EXISTS, which needs a privilege even if the schema exists, and uses a cache of the catalog that does not
    // show yet what another process has created before it released the lock.
    const existing = await query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
    if (existing.length === 0) await query(`CREATE SCHEMA ${schema}`);
    await query(
      `CREATE TABLE IF NOT EXISTS ${schema}.migrations (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const version = await readVersion(query, schema);
    for (const [index, createMigration] of MIGRATIONS.entries()) {
      if (index < version) continue;
      // In a block, because a prepared statement is only one.
      await query(`DO $migration$ BEGIN ${createMigration(schema)} END $migration$`);
      await query(`INSERT INTO ${schema}.migrations (version) VALUES ($1)`, [index + 1]);
    }
  });
}

/** @throws StoreError if the schema is newer than this package. */
async function readVersion(query: Query, schema: string): Promise<number> {
  const [found] = await query(`SELECT to_regclass('${schema}.migrations') IS NOT NULL AS found`);
  if (found?.['found'] !== true) return 0;
  const [row] = await query(`SELECT max(version) AS version FROM ${schema}.migrations`);
  const version = Number(row?.['version'] ?? 0);
  if (version > MIGRATIONS.length) {
    throw new StoreError(
      'failed',
      `The schema '${schema}' was written by a newer version of assistants-react. Update the package to use it.`,
    );
  }
  return version;
}
