import type { Sql } from 'postgres';
import { createDatabase } from '../stores/postgres/createDatabase.js';
import { postgresStore } from '../stores/postgres/postgresStore.js';
import type { Store } from '../stores/Store.js';
import { StoreError } from '../stores/StoreError.js';

/** Resolves with true if a database has the tables of a store. Creates none. @throws StoreError */
export async function hasStore(url: string): Promise<boolean> {
  readName(url);
  const sql = await connect(url);
  try {
    const { query } = createDatabase(sql);
    const [row] = await query(`SELECT to_regclass('assistants.migrations') IS NOT NULL AS found`);
    return row?.['found'] === true;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * Opens the store in a PostgreSQL database, and creates its tables if necessary. `name` is the URL without the password.
 *
 * @param onNotice Called if the server has the extension `vector`, but the store cannot use it.
 * @throws StoreError if the URL is invalid, the package `postgres` is not installed, or the database cannot be used.
 */
export async function openDatabase(
  url: string,
  onNotice?: (message: string) => void,
): Promise<{ store: Store; name: string }> {
  const name = readName(url);
  const sql = await connect(url);
  const store = postgresStore({ sql, ...(onNotice && { onNotice }) });
  const close = async (): Promise<void> => {
    await store.close();
    await sql.end({ timeout: 5 });
  };
  try {
    await store.ready();
  } catch (error) {
    await close();
    throw error;
  }
  return { store: { ...store, close }, name };
}

async function connect(url: string): Promise<Sql> {
  const postgres = await loadDriver();
  return postgres(url, {
    connect_timeout: 10,
    // The statement that reads them rejects outside of any promise if the new connection is lost at once.
    fetch_types: false,
    backoff: getReconnectDelay,
    connection: { application_name: 'assistants-react' },
    onnotice: () => undefined,
  });
}

/**
 * Returns the delay before a lost connection is opened again, in seconds. By default it is up to 20, and statements wait for it
 * even if the database is back.
 */
function getReconnectDelay(attempt: number): number {
  return Math.min(2 ** attempt / 20, 1);
}

/** @throws StoreError */
function readName(url: string): string {
  if (!URL.canParse(url) || !/^postgres(?:ql)?:$/.test(new URL(url).protocol)) {
    throw new StoreError(
      'failed',
      'The URL of the database is invalid. It must look like postgres://user:password@host:5432/database.',
    );
  }
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** Loads the driver on demand, because only servers with such a database need it. @throws StoreError */
async function loadDriver() {
  try {
    return (await import('postgres')).default;
  } catch (error) {
    throw new StoreError(
      'failed',
      'A PostgreSQL database needs the package `postgres`. Install it: npm install postgres.',
      { cause: error },
    );
  }
}
