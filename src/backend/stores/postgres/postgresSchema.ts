import { getIndexedFields } from '../collections.js';
import type { Collection } from '../Store.js';

/** Names of the tables, by collection. */
const TABLES: { readonly [C in Collection]: string } = {
  assistants: 'assistants',
  threads: 'threads',
  messages: 'messages',
  runs: 'runs',
  steps: 'steps',
  files: 'files',
  vectorStores: 'vector_stores',
  vectorStoreFiles: 'vector_store_files',
  vectorStoreBatches: 'vector_store_batches',
  fileVectors: 'file_vectors',
  removals: 'removals',
  leases: 'leases',
  activeRuns: 'active_runs',
  runMemories: 'run_memories',
  usageDays: 'usage_days',
  storedResponses: 'stored_responses',
};

/** Returns the qualified name of the table of a collection. */
export function getTableName(schema: string, collection: Collection): string {
  return `${schema}.${TABLES[collection]}`;
}

/** Returns the name of a list in the table `counts`. The triggers of the tables write the same names. */
export function getListName(collection: Collection, parent: string | undefined): string {
  return parent === undefined ? TABLES[collection] : `${TABLES[collection]} ${parent}`;
}

/**
 * Steps from one schema version to the next, oldest first. The version of a schema is the number of applied steps. Never
 * change a released step; append a new one. While servers are replaced one by one, older processes continue to use the new
 * schema, so a step must not remove anything that they need.
 */
export const MIGRATIONS: readonly ((schema: string) => string)[] = [
  createFirstVersion,
  (schema) => createTable(schema, 'usage_days'),
  (schema) =>
    createTable(schema, 'vector_store_files', ['status', 'file_id', 'batch_id', 'batch_status']) +
    createTable(schema, 'vector_store_batches'),
  (schema) => createTable(schema, 'file_vectors', ['key']),
  (schema) => `${createTable(schema, 'active_runs')}
    CREATE UNLOGGED TABLE ${schema}.quotas (
      caller text PRIMARY KEY, full_at double precision NOT NULL
    ) WITH (fillfactor = 50);`,
];

/**
 * Creates a table for each collection. Objects are stored as text, because `jsonb` can hold neither the character U+0000 nor
 * lone surrogates. `sequence` is the insertion number and the order of all lists. It is the last column of each index, so a
 * page is read from an index in order.
 *
 * Lengths of lists are stored, because COUNT(*) would read the whole list for each added message. Each total has 16 rows,
 * because concurrent transactions would wait for a single one.
 *
 * Locks and events need not survive a crash of the database, so their tables are not logged: that takes no flush of the disk.
 */
function createFirstVersion(schema: string): string {
  return `
    CREATE TABLE ${schema}.counts (
      list text NOT NULL, shard integer NOT NULL, size bigint NOT NULL, PRIMARY KEY (list, shard)
    ) WITH (fillfactor = 50);
    CREATE TABLE ${schema}.contents (
      file_id text NOT NULL, part integer NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (file_id, part)
    );
    ALTER TABLE ${schema}.contents ALTER COLUMN bytes SET STORAGE EXTERNAL;
    CREATE UNLOGGED TABLE ${schema}.locks (
      key text PRIMARY KEY, token text NOT NULL, expires_at timestamptz NOT NULL
    ) WITH (fillfactor = 50);
    CREATE UNLOGGED TABLE ${schema}.run_events (
      run_id text NOT NULL, first bigint NOT NULL, last bigint NOT NULL, events text NOT NULL,
      expires_at timestamptz NOT NULL, PRIMARY KEY (run_id, last), UNIQUE (run_id, first)
    );
    CREATE INDEX run_events_expires_at ON ${schema}.run_events (expires_at);
    ${createCountFunction(schema, 'count_added', '+', 'added')}
    ${createCountFunction(schema, 'count_removed', '-', 'removed')}
    ${createTable(schema, 'assistants')}
    ${createTable(schema, 'threads')}
    ${createTable(schema, 'messages', ['run_id'])}
    ${createTable(schema, 'runs', ['status'])}
    ${createTable(schema, 'steps')}
    ${createTable(schema, 'files', ['purpose'])}
    ${createTable(schema, 'vector_stores')}
    ${createTable(schema, 'removals')}
    ${createTable(schema, 'leases')}
    ${createTable(schema, 'run_memories')}
    ${createTable(schema, 'stored_responses')}
    CREATE UNIQUE INDEX runs_active ON ${schema}.runs (parent)
      WHERE status IN ('queued', 'in_progress', 'requires_action', 'cancelling');`;
}

function createCountFunction(
  schema: string,
  name: string,
  sign: '+' | '-',
  transition: string,
): string {
  return `
    CREATE FUNCTION ${schema}.${name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO ${schema}.counts AS stored (list, shard, size)
        SELECT list, shard, 0 ${sign} count(*) FROM (
          SELECT TG_TABLE_NAME::text AS list, pg_backend_pid() % 16 AS shard FROM ${transition}
          UNION ALL
          SELECT TG_TABLE_NAME || ' ' || parent, 0 FROM ${transition} WHERE parent IS NOT NULL
        ) AS changes GROUP BY list, shard ORDER BY list, shard
        ON CONFLICT (list, shard) DO UPDATE SET size = stored.size + excluded.size;
      ${
        sign === '-'
          ? `DELETE FROM ${schema}.counts WHERE size = 0 AND shard = 0 AND list IN (
               SELECT DISTINCT TG_TABLE_NAME || ' ' || parent FROM ${transition} WHERE parent IS NOT NULL
             );`
          : ''
      }
      RETURN NULL;
    END $$;`;
}

function createTable(schema: string, name: string, fields: readonly string[] = []): string {
  const table = `${schema}.${name}`;
  const columns = fields.map((field) => `${field} text, `).join('');
  const indexes = fields.map(
    (field) => `
    CREATE INDEX ${name}_${field} ON ${table} (${field}, sequence);
    CREATE INDEX ${name}_parent_${field} ON ${table} (parent, ${field}, sequence);`,
  );
  return `
    CREATE TABLE ${table} (
      sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
      id text PRIMARY KEY, parent text, ${columns}json text NOT NULL
    );
    CREATE INDEX ${name}_parent ON ${table} (parent, sequence);
    ${indexes.join('')}
    CREATE TRIGGER count_added AFTER INSERT ON ${table} REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.count_added();
    CREATE TRIGGER count_removed AFTER DELETE ON ${table} REFERENCING OLD TABLE AS removed
      FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.count_removed();`;
}

/**
 * Returns the statement that inserts or replaces objects. Its parameters are arrays: ids, parents, the indexed fields in
 * their order, and JSON texts. Objects that exist keep their parent and their position.
 */
export function getPutSql(schema: string, collection: Collection): string {
  const fields = getIndexedFields(collection);
  const columns = ['id', 'parent', ...fields, 'json'];
  const parameters = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const list = columns.join(', ');
  const replaced = [...fields, 'json'].map((column) => `${column} = excluded.${column}`).join(', ');
  return `INSERT INTO ${getTableName(schema, collection)} (${list})
    SELECT ${list} FROM unnest(${parameters}) WITH ORDINALITY AS given (${list}, position) ORDER BY position
    ON CONFLICT (id) DO UPDATE SET ${replaced}`;
}

/** Returns the statement that replaces objects that exist, with the parameters of `getPutSql` without the parents. */
export function getReplaceSql(schema: string, collection: Collection): string {
  const columns = ['id', ...getIndexedFields(collection), 'json'];
  const parameters = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const replaced = columns
    .slice(1)
    .map((column) => `${column} = given.${column}`)
    .join(', ');
  return `UPDATE ${getTableName(schema, collection)} AS stored SET ${replaced}
    FROM unnest(${parameters}) AS given (${columns.join(', ')}) WHERE stored.id = given.id RETURNING stored.id`;
}
