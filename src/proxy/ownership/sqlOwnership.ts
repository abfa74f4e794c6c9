import { isRecord } from '../../common/isRecord.js';
import { toFields } from '../../common/toFields.js';
import type { OwnedListQuery, Ownership } from './Ownership.js';

/** Options for `sqlOwnership`. */
export interface SqlOwnershipOptions {
  /** Syntax of the placeholders: `$1` for PostgreSQL, `?` for SQLite 3.35 or newer. */
  dialect: 'postgres' | 'sqlite';
  /**
   * Runs one statement with its values, all of them strings, and returns its rows: a list, or an object with a list `rows` or
   * `results`. This is the `query` of pg, `unsafe` of postgres.js, `all` of SQLite drivers, `execute` of libSQL.
   */
  query: (sql: string, values: string[]) => unknown;
  /** Name of the table, with or without a schema. Letters, digits and underscores. @default 'assistants_owners' */
  table?: string;
}

/** Ownership adapter over a table. */
export interface SqlOwnership extends Ownership {
  /** Statement that creates the table unless it exists. Run it once, for example in a migration. */
  readonly schema: string;
}

/** Order of the claims. The times of SQLite have whole seconds, but its rows are numbered. */
const CLAIM_ORDER = { postgres: ['claimed_at', 'object_id'], sqlite: ['rowid'] };
const TABLE = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?$/;

/**
 * Creates an ownership adapter over a table of SQLite or PostgreSQL, with any client. Several processes can share the table:
 * each claim is one atomic statement.
 *
 * @throws TypeError if the table name or the dialect is invalid.
 * @example
 * const ownership = sqlOwnership({
 *   dialect: 'postgres',
 *   query: (sql, values) => pool.query(sql, values),
 * });
 * await pool.query(ownership.schema);
 */
export function sqlOwnership(options: SqlOwnershipOptions): SqlOwnership {
  const { dialect, query, table = 'assistants_owners' } = options;
  if (!TABLE.test(table)) {
    throw new TypeError(
      `sqlOwnership: ${JSON.stringify(table)} is not a table name. Use letters, digits and underscores.`,
    );
  }
  if (dialect !== 'postgres' && dialect !== 'sqlite') {
    throw new TypeError("sqlOwnership: set dialect to 'postgres' or 'sqlite'.");
  }
  const at = (position: number) => (dialect === 'postgres' ? `$${position}` : '?');
  // The update changes nothing. It makes RETURNING include the row of the first owner.
  const claim = `INSERT INTO ${table} (object_type, object_id, owner) VALUES (${at(1)}, ${at(2)}, ${at(3)}) ON CONFLICT (object_type, object_id) DO UPDATE SET owner = ${table}.owner RETURNING owner`;
  const find = `SELECT owner FROM ${table} WHERE object_type = ${at(1)} AND object_id = ${at(2)}`;

  const listSql = ({ order, limit, after }: OwnedListQuery) => {
    const [comparison, direction] = order === 'asc' ? ['>', 'ASC'] : ['<', 'DESC'];
    const columns = CLAIM_ORDER[dialect];
    const cursor = `(SELECT ${columns.join(', ')} FROM ${table} WHERE object_type = ${at(3)} AND object_id = ${at(4)})`;
    const window =
      after === undefined ? '' : ` AND (${columns.join(', ')}) ${comparison} ${cursor}`;
    const sorting = columns.map((column) => `${column} ${direction}`).join(', ');
    return `SELECT object_id FROM ${table} WHERE owner = ${at(1)} AND object_type = ${at(2)}${window} ORDER BY ${sorting} LIMIT ${limit}`;
  };

  async function readOwner(sql: string, values: string[]): Promise<unknown> {
    const [row] = toRows(await query(sql, values));
    return toFields(row)['owner'];
  }
  return {
    schema: `CREATE TABLE IF NOT EXISTS ${table} (object_type TEXT NOT NULL, object_id TEXT NOT NULL, owner TEXT NOT NULL, claimed_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (object_type, object_id), UNIQUE (owner, object_type, object_id))`,
    claim: async (user, { type, id }) => (await readOwner(claim, [type, id, user])) === user,
    owns: async (user, { type, id }) => (await readOwner(find, [type, id])) === user,
    async list(user, listQuery) {
      const { type, after } = listQuery;
      const values = [user, type, ...(after === undefined ? [] : [type, after])];
      const rows = toRows(await query(listSql(listQuery), values));
      return rows.map((row) => toFields(row)['object_id']).filter(isText);
    },
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function toRows(result: unknown): readonly unknown[] {
  const rows = isRecord(result) ? (result['rows'] ?? result['results']) : result;
  if (Array.isArray(rows)) return rows;
  throw new TypeError(
    'sqlOwnership: `query` must return a list of rows, or an object with `rows` or `results`.',
  );
}
