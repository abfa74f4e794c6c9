import {
  closeSync,
  constants,
  existsSync,
  fdatasync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type * as sqlite from 'node-sqlite3-wasm';
import type { Collection } from './store.js';
import { StoreError } from './storeError.js';
import { takeOwnership } from './ownership.js';
import { APPLICATION_ID, MIGRATIONS, tableSql } from './sqliteSchema.js';

/** What a statement takes for a question mark. */
export type SqlValue = string | number | Uint8Array | null;

/** A row, by the names of its columns. */
export type Row = Record<string, sqlite.SQLiteValue>;

/** A database file in the hands of this process alone. All calls but `synced` are done when they return. */
export interface SqliteFile {
  /** Statements are kept: the number of different texts is to be small. */
  all(text: string, values: readonly SqlValue[]): Row[];
  /** How many rows were changed. */
  run(text: string, values: readonly SqlValue[]): number;
  /** All of the work or none of it. @throws StoreError when it could not be written */
  transaction(work: () => void): void;
  /** Resolves when everything committed so far is on the disk. @throws StoreError when that can no longer be promised */
  synced(): Promise<void>;
  close(): void;
}

/**
 * Opens a store's database, makes it where there is none, and brings its schema up to date.
 *
 * The write-ahead log in exclusive mode is what this build of SQLite can do safely without shared memory. A commit is a
 * write to the log, which a killed process cannot take back; the disk is asked to keep it outside the event loop, once for
 * all the commits that wait for it, because that takes twenty times as long as the commit.
 *
 * @throws StoreError `busy` when another process has the file, `failed` when it cannot be opened
 */
export function openSqliteFile(file: string, collections: readonly Collection[]): SqliteFile {
  const path = resolve(file);
  const release = takeFile(path);
  try {
    const database = openDatabase(path);
    try {
      prepareSchema(database, path, collections);
      return sqliteFile(database, path, release);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    release();
    throw error instanceof StoreError ? error : failed(`Cannot open the store ${path}`, error);
  }
}

function takeFile(path: string): () => void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const release = takeOwnership(path);
    // SQLite's own lock here is a folder, which stays behind when its process is killed. Whoever owns the file may sweep it.
    rmSync(`${path}.lock`, { recursive: true, force: true });
    return release;
  } catch (error) {
    throw error instanceof StoreError ? error : failed(`Cannot use ${path} as a store`, error);
  }
}

function openDatabase(path: string): sqlite.Database {
  // Loaded here and not above: compiling the wasm takes a while, and whoever keeps things in memory has no use for it.
  const { Database } = createRequire(import.meta.url)('node-sqlite3-wasm') as typeof sqlite;
  const database = new Database(path);
  // First of all: without shared memory the log can only be read by the one who has it to himself.
  database.all('PRAGMA locking_mode = EXCLUSIVE');
  return database;
}

const SETTINGS = [
  'journal_mode = WAL',
  // What is committed is synced by `synced`.
  'synchronous = NORMAL',
  'cache_size = -16000',
  // 2 MB: a log that waits longer to be written where it belongs takes more of a small disk.
  'wal_autocheckpoint = 500',
  // After a large batch the log is cut to this.
  'journal_size_limit = 16777216',
];

function prepareSchema(
  database: sqlite.Database,
  path: string,
  collections: readonly Collection[],
): void {
  const isEmpty = database.all('SELECT name FROM sqlite_schema LIMIT 1').length === 0;
  if (!isEmpty && pragma(database, 'application_id') !== APPLICATION_ID) {
    throw new StoreError(
      'failed',
      `${path} is a database of something else. Choose another file for the store.`,
    );
  }
  const version = pragma(database, 'user_version');
  if (version > MIGRATIONS.length) {
    throw new StoreError(
      'failed',
      `The store ${path} was written by a newer version of assistants-react. Update it to go on.`,
    );
  }
  for (const setting of SETTINGS) database.all(`PRAGMA ${setting}`);
  database.exec('BEGIN IMMEDIATE');
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  for (const collection of collections) database.exec(tableSql(collection));
  database.exec(
    `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`,
  );
  // The names of new files are kept by their folder.
  sync(dirname(path));
}

function pragma(database: sqlite.Database, name: string): number {
  const row = database.get(`PRAGMA ${name}`) ?? {};
  return Number(Object.values(row)[0]);
}

function sqliteFile(database: sqlite.Database, path: string, release: () => void): SqliteFile {
  const statements = new Map<string, sqlite.Statement>();
  const log = openSync(`${path}-wal`, constants.O_RDWR | constants.O_CREAT, 0o600);
  /** The round that syncs what is committed now; begins when the one before has ended. */
  let nextSync: Promise<void> | undefined;
  let lastSync: Promise<void> = Promise.resolve();
  let broken: StoreError | undefined;

  function withStatement<T>(text: string, work: (statement: sqlite.Statement) => T): T {
    const statement = statements.get(text) ?? database.prepare(text);
    statements.set(text, statement);
    try {
      return work(statement);
    } catch (error) {
      // A statement that failed once fails its next reset too.
      statements.delete(text);
      attempt(() => statement.finalize());
      throw error;
    }
  }

  const all = (text: string, values: readonly SqlValue[]) =>
    withStatement(text, (statement) => statement.all([...values]) as Row[]);
  const run = (text: string, values: readonly SqlValue[]) =>
    withStatement(text, (statement) => statement.run([...values]).changes);

  function synced(): Promise<void> {
    nextSync ??= lastSync.then(() => {
      nextSync = undefined;
      return datasync(log);
    });
    lastSync = nextSync.catch((error: unknown) => {
      // The system may have thrown away what it could not write, and says so only once.
      broken = failed(
        `The disk did not keep what was written to ${path}. Start again to go on`,
        error,
      );
    });
    return lastSync.then(() => {
      if (broken !== undefined) throw broken;
    });
  }

  return {
    all,
    run,
    synced,
    transaction(work) {
      if (broken !== undefined) throw broken;
      const tryIt = (): void => {
        try {
          run('BEGIN IMMEDIATE', []);
          work();
          run('COMMIT', []);
        } catch (error) {
          if (database.isOpen && database.inTransaction) attempt(() => database.exec('ROLLBACK'));
          throw error;
        }
      };
      try {
        tryIt();
      } catch (error) {
        if (!isOfDisk(error)) throw error;
        // The log may hold many versions of one page. Written where they belong, they leave room.
        attempt(() => database.all('PRAGMA wal_checkpoint(TRUNCATE)'));
        try {
          tryIt();
        } catch (again) {
          throw isOfDisk(again) ? whyNotWritten(path, again) : again;
        }
      }
    },
    close() {
      for (const statement of statements.values()) attempt(() => statement.finalize());
      statements.clear();
      closeSync(log);
      try {
        database.close();
      } finally {
        release();
      }
    },
  };
}

/** SQLite is told no more than that a write failed, so the disk is asked for the reason. */
function whyNotWritten(path: string, error: unknown): StoreError {
  const probe = `${path}.probe`;
  try {
    writeFileSync(probe, new Uint8Array(64 * 1024));
    const { bavail, bsize } = statfsSync(dirname(path));
    // What did not fit may be larger than the probe.
    if (bavail * bsize < 16 * 1024 * 1024) return full(path, error);
    return failed(`Cannot write to ${path}`, error);
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? reason.code : undefined;
    return code === 'ENOSPC' || code === 'EDQUOT'
      ? full(path, error)
      : failed(`Cannot write to ${path}`, reason);
  } finally {
    attempt(() => rmSync(probe, { force: true }));
  }
}

function isOfDisk(error: unknown): boolean {
  return (
    error instanceof Error &&
    /disk I\/O error|database or disk is full|unable to open|readonly/.test(error.message)
  );
}

function full(path: string, cause: unknown): StoreError {
  return new StoreError(
    'full',
    `There is no room left on the disk of ${path}. Nothing was written; make room and try again.`,
    { cause },
  );
}

function failed(what: string, cause: unknown): StoreError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new StoreError('failed', `${what}: ${message}.`, { cause });
}

function datasync(descriptor: number): Promise<void> {
  return new Promise((resolved, rejected) => {
    fdatasync(descriptor, (error) => (error === null ? resolved() : rejected(error)));
  });
}

/** Windows keeps the names of files without being asked, and refuses to open a folder. */
function sync(folder: string): void {
  if (process.platform === 'win32' || !existsSync(folder)) return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // What is being cleaned up has failed already, and its error is the one to tell.
  }
}
