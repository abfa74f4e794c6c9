import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type * as sqlite from 'node-sqlite3-wasm';
import { acquireFileLock } from './acquireFileLock.js';
import { createLogFlusher } from './createLogFlusher.js';
import {
  createFailedError,
  createFullError,
  diagnoseWriteError,
  ignoreErrors,
  isDiskError,
  isFullError,
} from './sqliteErrors.js';
import { APPLICATION_ID, getTableSql, MIGRATIONS } from './sqliteSchema.js';
import type { Collection } from './Store.js';
import { StoreError } from './StoreError.js';

/** Value of a placeholder. */
export type SqlValue = string | number | Uint8Array | null;

/** Values of a row, by column. */
export type Row = Record<string, sqlite.SQLiteValue>;

/** Database file that belongs to this process. All methods except `synced` are synchronous. */
export interface SqliteFile {
  /** Returns the rows of a query. Prepared statements are cached by text, so use few different texts. */
  all(text: string, values: readonly SqlValue[]): Row[];
  /** Executes a statement and returns the number of changed rows. */
  run(text: string, values: readonly SqlValue[]): number;
  /** Runs `work` atomically. @throws StoreError if it could not be written. */
  transaction(work: () => void): void;
  /** Resolves when all commits so far are durable. @throws StoreError if the disk failed to store them. */
  synced(): Promise<void>;
  close(): void;
}

/**
 * Opens the database of a store, creates it if it does not exist and migrates its schema.
 *
 * This build of SQLite has no shared memory. It can use a write-ahead log safely in exclusive locking mode only. A commit
 * appends to the log, which survives a killed process. The log is flushed to disk outside of the event loop, once for all
 * waiting commits, because flushing takes twenty times as long as committing.
 *
 * @throws StoreError `busy` if another process uses the file, `full` if its disk is full, `failed` if it cannot be opened.
 */
export function openSqliteFile(file: string, collections: readonly Collection[]): SqliteFile {
  const path = resolve(file);
  const releaseLock = lockFile(path);
  try {
    const database = openDatabase(path);
    try {
      prepareSchema(database, path, collections);
      return createSqliteFile(database, path, releaseLock);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    releaseLock();
    if (error instanceof StoreError) throw error;
    throw isDiskError(error)
      ? diagnoseWriteError(path, error)
      : createFailedError(`Cannot open the store ${path}`, error);
  }
}

/** @throws StoreError */
function assertIsNoFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new StoreError(
      'failed',
      `Cannot open the store ${path}: it is a folder. Name a file, such as ${join(path, 'chat.sqlite')}.`,
    );
}

/** @returns Function that releases the lock. */
function lockFile(path: string): () => void {
  try {
    assertIsNoFolder(path);
    mkdirSync(dirname(path), { recursive: true });
    const releaseLock = acquireFileLock(path);
    // SQLite locks with a folder here, which remains when the process is killed. The holder of our lock may remove it.
    rmSync(`${path}.lock`, { recursive: true, force: true });
    return releaseLock;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw isFullError(error)
      ? createFullError(path, error)
      : createFailedError(`Cannot use ${path} as a store`, error);
  }
}

function openDatabase(path: string): sqlite.Database {
  // Loaded lazily, because compiling the WebAssembly takes time that users of memoryStore do not need to spend.
  const { Database } = createRequire(import.meta.url)('node-sqlite3-wasm') as typeof sqlite;
  const database = new Database(path);
  // Must be the first statement: without shared memory, the log can be read in exclusive mode only.
  database.all('PRAGMA locking_mode = EXCLUSIVE');
  return database;
}

const SETTINGS = [
  'journal_mode = WAL',
  // `synced` flushes commits.
  'synchronous = NORMAL',
  'cache_size = -16000',
  // 2 MB. A longer log would take more of a small disk.
  'wal_autocheckpoint = 500',
  // Truncates the log to this size after a large batch.
  'journal_size_limit = 16777216',
];

function prepareSchema(
  database: sqlite.Database,
  path: string,
  collections: readonly Collection[],
): void {
  const version = readSchemaVersion(database, path);
  for (const setting of SETTINGS) database.all(`PRAGMA ${setting}`);
  database.exec('BEGIN IMMEDIATE');
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  for (const collection of collections) database.exec(getTableSql(collection));
  database.exec(
    `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`,
  );
  // Makes the names of new files durable.
  syncFolder(dirname(path));
}

/** @throws StoreError if the database is not a store, or one of a newer version. */
function readSchemaVersion(database: sqlite.Database, path: string): number {
  const isEmpty = database.all('SELECT name FROM sqlite_schema LIMIT 1').length === 0;
  if (!isEmpty && readPragma(database, 'application_id') !== APPLICATION_ID) {
    throw new StoreError(
      'failed',
      `${path} is a database of another application. Choose another file for the store.`,
    );
  }
  const version = readPragma(database, 'user_version');
  if (version > MIGRATIONS.length) {
    throw new StoreError(
      'failed',
      `The store ${path} was written by a newer version of assistants-react. Update the package to open it.`,
    );
  }
  return version;
}

function readPragma(database: sqlite.Database, name: string): number {
  const row = database.get(`PRAGMA ${name}`) ?? {};
  return Number(Object.values(row)[0]);
}

function createSqliteFile(
  database: sqlite.Database,
  path: string,
  releaseLock: () => void,
): SqliteFile {
  const statements = createStatementCache(database);
  const log = openSync(`${path}-wal`, constants.O_RDWR | constants.O_CREAT, 0o600);
  const flusher = createLogFlusher(log, path);

  function runTransaction(work: () => void): void {
    try {
      statements.run('BEGIN IMMEDIATE', []);
      work();
      statements.run('COMMIT', []);
    } catch (error) {
      if (database.isOpen && database.inTransaction) ignoreErrors(() => database.exec('ROLLBACK'));
      throw error;
    }
  }

  return {
    all: statements.all,
    run: statements.run,
    synced: flusher.synced,

    transaction(work) {
      flusher.assertHealthy();
      try {
        runTransaction(work);
      } catch (error) {
        if (!isDiskError(error)) throw error;
        // The log may contain many versions of a page. A checkpoint writes the last ones to the database and frees the rest.
        ignoreErrors(() => database.all('PRAGMA wal_checkpoint(TRUNCATE)'));
        try {
          runTransaction(work);
        } catch (retryError) {
          throw isDiskError(retryError) ? diagnoseWriteError(path, retryError) : retryError;
        }
      }
    },

    close() {
      statements.clear();
      closeSync(log);
      try {
        database.close();
      } finally {
        releaseLock();
      }
    },
  };
}

interface StatementCache extends Pick<SqliteFile, 'all' | 'run'> {
  clear(): void;
}

function createStatementCache(database: sqlite.Database): StatementCache {
  const statements = new Map<string, sqlite.Statement>();

  function withStatement<T>(text: string, work: (statement: sqlite.Statement) => T): T {
    const statement = statements.get(text) ?? database.prepare(text);
    statements.set(text, statement);
    try {
      return work(statement);
    } catch (error) {
      // The next reset of a failed statement would fail too.
      statements.delete(text);
      ignoreErrors(() => statement.finalize());
      throw error;
    }
  }

  return {
    all: (text, values) => withStatement(text, (statement) => statement.all([...values]) as Row[]),
    run: (text, values) => withStatement(text, (statement) => statement.run([...values]).changes),
    clear() {
      for (const statement of statements.values()) ignoreErrors(() => statement.finalize());
      statements.clear();
    },
  };
}

/** Windows keeps the names of files without a flush, and cannot open folders. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32' || !existsSync(folder)) return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
