import type { Row, Sql, TransactionSql } from 'postgres';
import { sleep } from '../../../common/sleep.js';
import { isConnectionLost, isTransient, toStoreError } from './postgresErrors.js';

/** Value of a placeholder. */
export type SqlValue = string | number | null | Uint8Array | readonly (string | null)[];

/**
 * Executes a statement. Statements are prepared, so use few different texts. With `isPlanned`, the statement is planned
 * each time, for its values: the best plan depends on them.
 */
export type Query = (
  text: string,
  values?: readonly SqlValue[],
  options?: { isPlanned?: boolean },
) => Promise<Row[]>;

/** Database with retries. Errors are StoreErrors. */
export interface Database {
  /** Executes one statement, which must have the same effect when it is repeated. */
  query: Query;
  /** Runs `work` in one transaction. It is repeated if the connection is lost, so it must have no other effects. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
}

/** Delays between the attempts, in milliseconds. A database that restarts or fails over is back within them. */
const RETRY_DELAYS_MS = [50, 100, 200, 400, 800, 1_600, 3_000, 4_000];

/** Wraps a connection pool. */
export function createDatabase(sql: Sql): Database {
  return {
    query: (...statement) => withRetry(() => createQuery(sql)(...statement)),
    transaction: (work) =>
      withRetry(async () => {
        // postgres.js resolves with the result of `work`. Its type also unwraps arrays of promises, which are not used here.
        const result: { value?: unknown } = {};
        await sql.begin(async (transaction) => {
          result.value = await work(createTransactionQuery(transaction));
        });
        return result.value as Awaited<ReturnType<typeof work>>;
      }),
  };
}

function createQuery(sql: Sql | TransactionSql): Query {
  return async (text, values = [], { isPlanned = false } = {}) =>
    sql.unsafe(text, values.map(toParameter), { prepare: !isPlanned });
}

/**
 * Sends the statements of a transaction. A statement whose connection is lost never settles, so that nothing follows it.
 * postgres.js rejects the transaction itself. A statement on the closed connection, such as its own ROLLBACK, throws
 * outside of any promise, which ends the process, or is sent later, outside of the transaction.
 */
function createTransactionQuery(transaction: TransactionSql): Query {
  const query = createQuery(transaction);
  return async (...statement) => {
    try {
      return await query(...statement);
    } catch (error) {
      if (isConnectionLost(error)) await new Promise(() => undefined);
      throw error;
    }
  };
}

function toParameter(value: SqlValue) {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return typeof value === 'object' && value !== null ? toArrayLiteral(value) : value;
}

/** Writes an array as PostgreSQL reads it, so that postgres.js need not ask the server for the types of arrays. */
function toArrayLiteral(values: readonly (string | null)[]): string {
  const items = values.map((value) =>
    value === null ? 'NULL' : `"${value.replace(/["\\]/g, String.raw`\$&`)}"`,
  );
  return `{${items.join(',')}}`;
}

async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const delayMs = RETRY_DELAYS_MS[failures];
      if (delayMs === undefined || !isTransient(error)) throw toStoreError(error);
      await sleep(delayMs);
    }
  }
}
