import { StoreError } from '../StoreError.js';

/** Errors of the connection, of Node and of postgres.js. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/**
 * SQLSTATE codes after which the same transaction may succeed: lost connections, a server that stops, starts or has become
 * read-only because another one took over, too many connections, deadlocks and serialization failures.
 */
const TRANSIENT_STATES = /^(?:08...|57P0[1235]|53300|25006|40001|40P01)$/;

/** SQLSTATE codes of what was removed: schemas, tables, columns, types, functions and operators, files of the server. */
const MISSING_STATES: ReadonlySet<string> = new Set([
  '3F000',
  '42P01',
  '42703',
  '42704',
  '42883',
  '58P01',
]);

/** Returns the code of an error of postgres.js, of Node, or of the server. */
function getCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** Returns true if a repeated attempt may succeed. An attempt that failed this way may have been committed. */
export function isTransient(error: unknown): boolean {
  const code = getCode(error);
  return CONNECTION_CODES.has(code) || TRANSIENT_STATES.test(code);
}

/** Returns true if the connection of the statement is closed, or about to be: the server closes it after a fatal error. */
export function isConnectionLost(error: unknown): boolean {
  if (CONNECTION_CODES.has(getCode(error))) return true;
  return error instanceof Error && 'severity' in error && error.severity === 'FATAL';
}

/** Returns true if the user of the database lacks a privilege. */
export function isForbidden(error: unknown): error is Error {
  return getCode(error) === '42501';
}

/** Returns true if a table, a column, a type, an operator or the library of an extension does not exist any more. */
export function isDefinitionMissing(error: unknown): boolean {
  const code = getCode(error instanceof StoreError ? error.cause : error);
  return MISSING_STATES.has(code);
}

/** Converts an error of the database to a StoreError. Other errors are defects and stay as they are. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const code = getCode(error);
  if (code === '') return error;
  const [reason, text] = describe(code, error instanceof Error ? error.message : '');
  return new StoreError(reason, text, { cause: error });
}

function describe(code: string, message: string): [StoreError['reason'], string] {
  switch (code) {
    case '53100':
      return [
        'full',
        `The disk of the PostgreSQL server is full: ${message}. Nothing was written. Free some space and try again.`,
      ];
    case '42501':
      return [
        'failed',
        `The user of the PostgreSQL database lacks a privilege: ${message}. Grant it CREATE on the database, or make it the owner of the schema.`,
      ];
    case '28P01':
    case '28000':
      return ['failed', `The PostgreSQL server rejected the login: ${message}. Check the URL.`];
    case '3D000':
      return ['failed', `${message}. Create it with CREATE DATABASE, or check the URL.`];
    case '3F000':
    case '42P01':
    case '42703':
      return [
        'failed',
        `The tables of the store have changed or are missing: ${message}. Restart the process to create them.`,
      ];
    case '25006':
      return ['failed', 'The PostgreSQL server is read-only. Connect to the primary server.'];
    case '23505':
      return ['failed', `Another process has stored a conflicting object: ${message}.`];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return ['failed', `The host of the PostgreSQL server is unknown: ${message}. Check the URL.`];
    case 'CONNECTION_ENDED':
      return ['failed', 'The connection pool of the store was closed.'];
    default:
      return CONNECTION_CODES.has(code)
        ? ['failed', `Cannot reach the PostgreSQL server: ${message}. Check that it is running.`]
        : ['failed', `The PostgreSQL server failed: ${message} (${code}).`];
  }
}
