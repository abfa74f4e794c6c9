import { StoreError } from '../StoreError.js';
import type { Database, Query } from './createDatabase.js';
import { MIGRATION_LOCK } from './migrateSchema.js';
import { isForbidden, isTransient } from './postgresErrors.js';

/** Names of what the extension has created, qualified: it can be in any schema. */
export interface VectorExtension {
  /** Type of vectors with two bytes for each value. */
  type: string;
  /** Operator of the cosine distance. */
  distance: string;
}

/**
 * Returns the extension `vector`, after creating it and the table of the index if necessary. Returns undefined if the server
 * does not have it, or, after a notice, if it cannot be used.
 *
 * @throws StoreError if the database is away.
 */
export async function openVectorExtension(
  database: Database,
  schema: string,
  onNotice: (message: string) => void,
): Promise<VectorExtension | undefined> {
  try {
    const extension = (await findExtension(database.query)) ?? (await createExtension(database));
    if (extension === undefined) return undefined;
    await createVectorTable(database, schema, extension);
    return extension;
  } catch (error) {
    const cause = error instanceof StoreError ? error.cause : undefined;
    if (isTransient(cause)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    onNotice(
      `The PostgreSQL server has the extension vector, but the store cannot use it. Vectors are compared in memory. ${reason}`,
    );
    return undefined;
  }
}

/** @throws StoreError if the version of the extension is too old. */
async function findExtension(query: Query): Promise<VectorExtension | undefined> {
  const [found] = await query(
    `SELECT quote_ident(nspname) AS schema, extversion AS version, EXISTS (
        SELECT FROM pg_type WHERE typname = 'halfvec' AND typnamespace = extnamespace
      ) AS is_new
      FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'`,
  );
  if (found === undefined) return undefined;
  if (found['is_new'] !== true) {
    throw new StoreError(
      'failed',
      `The store needs version 0.7.0 of the extension or newer, not ${String(found['version'])}. Run ALTER EXTENSION vector UPDATE as a superuser, and restart this server.`,
    );
  }
  const schema = String(found['schema']);
  return { type: `${schema}.halfvec`, distance: `OPERATOR(${schema}.<=>)` };
}

/** Returns undefined if the server does not have the extension. */
async function createExtension(database: Database): Promise<VectorExtension | undefined> {
  const available = await database.query(
    `SELECT FROM pg_available_extensions WHERE name = 'vector'`,
  );
  if (available.length === 0) return undefined;
  return database.transaction(async (query) => {
    await query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await query('CREATE EXTENSION IF NOT EXISTS vector').catch(explainRefusal);
    return findExtension(query);
  });
}

/** @throws StoreError that says what to do, if a privilege is missing. */
function explainRefusal(error: unknown): never {
  if (!isForbidden(error)) throw error;
  throw new StoreError(
    'failed',
    `${error.message}. Run CREATE EXTENSION vector as a superuser, and restart this server.`,
    { cause: error },
  );
}

/**
 * Creates the table of the index. It is not one of the migrations, because the extension can be created and removed at any
 * time: `DROP EXTENSION … CASCADE` removes the column `embedding`, and the table has to be filled again.
 *
 * Rows have references to batches, so they are removed together with them, also by processes that do not know the table. Rows
 * of up to 8,160 bytes are not moved to the TOAST table, because a search reads all of them.
 */
async function createVectorTable(
  database: Database,
  schema: string,
  { type }: VectorExtension,
): Promise<void> {
  if (await hasVectors(database.query, schema)) return;
  await database.transaction(async (query) => {
    await query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    if (await hasVectors(query, schema)) return;
    await query(`DROP TABLE IF EXISTS ${schema}.passage_vectors`);
    await query(
      `CREATE TABLE ${schema}.passage_vectors (
        batch bigint NOT NULL REFERENCES ${schema}.file_vectors (sequence) ON DELETE CASCADE,
        number integer NOT NULL, dimensions integer NOT NULL, embedding ${type} NOT NULL,
        PRIMARY KEY (batch, number)
      ) WITH (toast_tuple_target = 8160)`,
    );
  });
}

async function hasVectors(query: Query, schema: string): Promise<boolean> {
  const columns = await query(
    `SELECT FROM pg_attribute WHERE attrelid = to_regclass('${schema}.passage_vectors')
      AND attname = 'embedding' AND NOT attisdropped`,
  );
  return columns.length > 0;
}
