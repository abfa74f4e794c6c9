import { assertIndexed, getIndexedFields } from './collections.js';
import type { Collection, ListQuery } from './Store.js';

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

/** Query for one page. Cursors are sequences, not ids. */
export interface PageSqlQuery extends Omit<ListQuery, 'after' | 'before'> {
  after?: number;
  before?: number;
}

/** Statement that reads one page. */
export interface PageSql {
  text: string;
  /** Values of the placeholders. */
  values: (string | number)[];
  /** Set if the rows come in reverse order, from the far end of the page. */
  isReversed: boolean;
}

/** Returns a statement that reads one page, and one more row to find out whether there is another page. */
export function getPageSql(
  collection: Collection,
  { parent, where, order, limit, after, before }: PageSqlQuery,
): PageSql {
  assertIndexed(collection, where);
  const [oldest, newest] = order === 'asc' ? [after, before] : [before, after];
  const filters: [condition: string, value: string | number | undefined][] = [
    ['parent = ?', parent],
    [`${where === undefined ? '' : getFieldSql(where.field)} = ?`, where?.value],
    ['sequence > ?', oldest],
    ['sequence < ?', newest],
  ];
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  for (const [condition, value] of filters) {
    if (value === undefined) continue;
    conditions.push(condition);
    values.push(value);
  }
  // With `before` alone, the page ends at the cursor. Otherwise it starts after `after`, or at the start of the list.
  const isReversed = before !== undefined && after === undefined;
  const direction = (order === 'asc') === isReversed ? 'DESC' : 'ASC';
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return {
    text: `SELECT json FROM ${collection}${filter} ORDER BY sequence ${direction} LIMIT ?`,
    // SQLite limits are 64-bit integers. A larger number than this is never reached.
    values: [...values, Math.min(limit, 1_000_000_000) + 1],
    isReversed,
  };
}
