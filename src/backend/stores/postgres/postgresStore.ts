import type { Row, Sql } from 'postgres';
import type {
  Collection,
  Collections,
  ListQuery,
  SharedEvents,
  SharedQuotas,
  Store,
  SharedVectorIndex,
} from '../Store.js';
import { listParents } from '../collections.js';
import { getCountSql, getPageSql, type PageSqlNames } from '../getPageSql.js';
import { applyGroup, groupChanges } from './applyChanges.js';
import { createDatabase, type Database, type Query } from './createDatabase.js';
import { createClock } from './createClock.js';
import { createLocks } from './createLocks.js';
import { createQuotas } from './createQuotas.js';
import { createSharedEvents } from './createSharedEvents.js';
import { createVectorIndex } from './createVectorIndex.js';
import { migrateSchema } from './migrateSchema.js';
import { getListName, getTableName } from './postgresSchema.js';

/** Options for `postgresStore`. */
export interface PostgresStoreOptions {
  /**
   * Connection pool of the package `postgres`: `postgres('postgres://user:password@host/database')`. Ten connections, its
   * default, are enough for one process. Pass it `fetch_types: false`, or a connection that is lost when it opens ends the
   * process, and `backoff: () => 1` to open lost connections again after one second; its default grows to 20. With a pooler
   * such as PgBouncer, pass it `prepare: false`.
   */
  sql: Sql;
  /**
   * Schema of the tables. It is created if it does not exist. Lower-case letters, digits and underscores.
   * @default 'assistants'
   */
  schema?: string;
  /**
   * Called with a sentence if the server has the extension `vector`, but the store cannot use it.
   * @default console.warn
   */
  onNotice?: (message: string) => void;
}

/** Store created by `postgresStore`. */
export interface PostgresStore extends Store {
  /**
   * Connects and migrates the schema. Other methods do so when they are first called; call it at the start of a process to
   * learn of a wrong URL or a missing privilege.
   * @throws StoreError
   */
  ready(): Promise<void>;
  withLock<T>(key: string, task: () => Promise<T>): Promise<T>;
  events: SharedEvents;
  quotas: SharedQuotas;
  /** Compares vectors with the extension `vector` (pgvector, version 0.7 or newer) if the server has it. */
  vectorIndex: SharedVectorIndex;
  /** Returns the time of the database server in milliseconds since 1970. */
  now(): number;
  close(): Promise<void>;
}

/**
 * Creates a store in a PostgreSQL database, version 14 or newer, which several processes can share. A write that has resolved
 * is durable. Pages are read from an index, so their cost does not depend on the number of threads or the length of a list.
 *
 * Statements are repeated for about ten seconds while the connection is lost. Afterwards they reject with a StoreError:
 * `full` if the disk of the server is full, `busy` if another process has taken over the work, else `failed`. A rejected
 * write has changed nothing, unless the connection was lost for the whole time.
 *
 * `close` does not end `sql`.
 *
 * @throws TypeError if the name of the schema is invalid.
 * @example
 * import postgres from 'postgres';
 * const sql = postgres(process.env.DATABASE_URL ?? '', { fetch_types: false, backoff: () => 1 });
 * const store = postgresStore({ sql });
 * const backend = createBackend({ store });
 */
export function postgresStore(options: PostgresStoreOptions): PostgresStore {
  const { sql, schema = 'assistants', onNotice = warn } = options;
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) {
    throw new TypeError(
      `\`schema\` must have up to 41 lower-case letters, digits and underscores, not ${JSON.stringify(schema)}.`,
    );
  }
  const connection = createDatabase(sql);
  const locks = createLocks(connection, schema);
  const clock = createClock(connection);
  const events = createSharedEvents(sql, connection, schema);
  let migration: Promise<void> | undefined;

  async function ready(): Promise<void> {
    migration ??= start().catch((error: unknown) => {
      migration = undefined;
      throw error;
    });
    await migration;
  }

  async function start(): Promise<void> {
    await migrateSchema(connection, schema);
    await clock.start();
    events.start();
  }

  async function connect(): Promise<Database> {
    await ready();
    return connection;
  }

  const queryReady: Query = async (...statement) => (await connect()).query(...statement);
  const connected: Database = { ...connection, query: queryReady };

  return {
    ready,

    async get<C extends Collection>(collection: C, id: string) {
      const { query } = await connect();
      if (!isStorable(id)) return undefined;
      const table = getTableName(schema, collection);
      return parseRows<C>(await query(`SELECT json FROM ${table} WHERE id = $1`, [id]))[0];
    },

    async getParent(collection, id) {
      const { query } = await connect();
      if (!isStorable(id)) return undefined;
      const table = getTableName(schema, collection);
      const [row] = await query(`SELECT parent FROM ${table} WHERE id = $1`, [id]);
      return row && readParent(row);
    },

    list: async (collection, query) => listObjects(await connect(), schema, collection, query),

    count: async (collection, parent, where) =>
      countObjects(await connect(), schema, { collection, parent, where }),

    async write(changes) {
      const database = await connect();
      const groups = groupChanges(changes);
      if (groups.length === 0) return;
      await database.transaction(async (query) => {
        // Sent together. The first error is that of the first statement that failed.
        const checks = locks.isLocked() ? [locks.assertHeld(query)] : [];
        await Promise.all([...checks, ...groups.map((group) => applyGroup(query, schema, group))]);
      });
    },

    async getContent(fileId) {
      const { query } = await connect();
      if (!isStorable(fileId)) return undefined;
      const text = `SELECT bytes FROM ${schema}.contents WHERE file_id = $1 ORDER BY part`;
      return joinParts(await query(text, [fileId]));
    },

    async withLock(key, task) {
      await ready();
      return locks.withLock(key, task);
    },

    events,
    quotas: createQuotas(connected, schema),
    vectorIndex: createVectorIndex({ database: connected, schema, onNotice }),
    now: clock.now,

    async close() {
      locks.close();
      clock.close();
      await events.close();
    },
  };
}

function warn(message: string): void {
  // oxlint-disable-next-line no-console -- the app has not set `onNotice`
  console.warn(message);
}

interface CountQuery {
  collection: Collection;
  parent: string | undefined;
  where: ListQuery['where'];
}

async function countObjects(
  { query }: Database,
  schema: string,
  { collection, parent, where }: CountQuery,
): Promise<number> {
  if (where === undefined) {
    const text = `SELECT sum(size) AS size FROM ${schema}.counts WHERE list = $1`;
    const [row] = await query(text, [getListName(collection, parent)]);
    return Number(row?.['size'] ?? 0);
  }
  if (!isStorable(where.value)) return 0;
  const names = getPageNames(schema, collection);
  const { text, values } = getCountSql(collection, { parent, where }, names);
  return Number((await query(text, values))[0]?.['size']);
}

async function listObjects<C extends Collection>(
  { query }: Database,
  schema: string,
  collection: C,
  { after: afterId, before: beforeId, ...page }: ListQuery,
): Promise<{ data: Collections[C][]; hasMore: boolean } | null> {
  const table = getTableName(schema, collection);
  const parents = listParents(page.parent);

  /** Returns the sequence of a cursor, undefined without one, and null if it is not in the list. */
  async function findCursor(id: string | undefined): Promise<number | null | undefined> {
    if (id === undefined) return undefined;
    if (!isStorable(id)) return null;
    const [row] = await query(`SELECT sequence, parent FROM ${table} WHERE id = $1`, [id]);
    if (row === undefined || parents?.includes(readParent(row)) === false) return null;
    return Number(row['sequence']);
  }

  const [after, before] = await Promise.all([findCursor(afterId), findCursor(beforeId)]);
  if (after === null || before === null) return null;
  const { text, values, isReversed } = getPageSql(
    collection,
    {
      ...page,
      ...(after === undefined ? {} : { after }),
      ...(before === undefined ? {} : { before }),
    },
    getPageNames(schema, collection),
  );
  if (page.where !== undefined && !isStorable(page.where.value))
    return { data: [], hasMore: false };
  const rows = await query(text, values);
  const data = parseRows<C>(rows.slice(0, page.limit));
  return { data: isReversed ? data.reverse() : data, hasMore: rows.length > page.limit };
}

function getPageNames(schema: string, collection: Collection): PageSqlNames {
  return {
    table: getTableName(schema, collection),
    getField: (field) => field,
    getPlaceholder: (index) => `$${index}`,
  };
}

function readParent(row: Row): string | null {
  return row['parent'] === null ? null : String(row['parent']);
}

function parseRows<C extends Collection>(rows: readonly Row[]): Collections[C][] {
  // Only applyChanges writes this column.
  return rows.map(({ json }) => JSON.parse(String(json)) as Collections[C]);
}

function joinParts(rows: readonly Row[]): Uint8Array | undefined {
  if (rows.length === 0) return undefined;
  const parts = rows.flatMap(({ bytes }) => (bytes instanceof Uint8Array ? [bytes] : []));
  // Copied, because callers expect a plain array instead of a Buffer.
  return new Uint8Array(Buffer.concat(parts));
}

/** PostgreSQL stores no NUL characters. No stored id or indexed field contains one. */
function isStorable(value: string): boolean {
  return !value.includes('\0');
}
