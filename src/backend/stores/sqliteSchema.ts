import { getIndexedFields } from './collections.js';
import {
  getCountSql,
  getPageSql,
  type PageSql,
  type PageSqlNames,
  type PageSqlQuery,
} from './getPageSql.js';
import type { Collection } from './Store.js';

/** Marks a database as a store of this package: "asst". */
export const APPLICATION_ID = 0x61737374;

/**
 * Steps from one schema version to the next, oldest first. The version of a file is the number of applied steps. Never change
 * a released step; append a new one. New collections and new indexes need no step.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE counts (list TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE contents (file_id TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (file_id, part));`,
];

/**
 * Returns statements that create the table and the indexes of a collection if they are missing. `sequence` is the insertion
 * number and the order of all lists. It is the last column of each index, so a page is read from an index in order. Fields
 * are indexed inside the JSON, so they need neither a column nor a migration.
 */
export function getTableSql(collection: Collection): string {
  return [
    `CREATE TABLE IF NOT EXISTS ${collection} (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, parent TEXT, json TEXT NOT NULL)`,
    `CREATE INDEX IF NOT EXISTS ${collection}_parent ON ${collection} (parent, sequence)`,
    ...getIndexedFields(collection).flatMap((field) => [
      `CREATE INDEX IF NOT EXISTS ${collection}_${field} ON ${collection} (${getFieldSql(field)}, sequence)`,
      `CREATE INDEX IF NOT EXISTS ${collection}_parent_${field} ON ${collection} (parent, ${getFieldSql(field)}, sequence)`,
    ]),
  ].join(';\n');
}

/** SQLite uses an expression index only if the query repeats the expression literally. */
function getFieldSql(field: string): string {
  return `json ->> '$.${field}'`;
}

/** Returns the statement that reads one page. */
export function getSqlitePageSql(collection: Collection, query: PageSqlQuery): PageSql {
  return getPageSql(collection, query, getNames(collection));
}

/** Returns the statement that counts the objects with a field value. */
export function getSqliteCountSql(
  collection: Collection,
  filter: Parameters<typeof getCountSql>[1],
): ReturnType<typeof getCountSql> {
  return getCountSql(collection, filter, getNames(collection));
}

function getNames(table: Collection): PageSqlNames {
  return { table, getField: getFieldSql, getPlaceholder: () => '?' };
}
