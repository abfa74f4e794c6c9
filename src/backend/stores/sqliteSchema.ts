import type { Collection, ListQuery } from './store.js';
import { INDEXED_FIELDS } from './indexedFields.js';

/** Says that a file is a store of this package: "asst". */
export const APPLICATION_ID = 0x61737374;

/**
 * What made each version of the schema out of the one before, oldest first. The version of a file is how many of them it
 * has been through. Never change one that was released; add one. A new collection and a new index need none.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE counts (list TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE contents (file_id TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (file_id, part));`,
];

/**
 * The table of a collection and its indexes, where they are missing. `sequence` grows with every first put and is the order
 * of all lists; it stands at the end of each index, so a page is read from the index in its order. A field is indexed where
 * it stands in the object, so it needs no column, and no migration.
 */
export function tableSql(collection: Collection): string {
  return [
    `CREATE TABLE IF NOT EXISTS ${collection} (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, parent TEXT, json TEXT NOT NULL)`,
    `CREATE INDEX IF NOT EXISTS ${collection}_parent ON ${collection} (parent, sequence)`,
    ...(INDEXED_FIELDS[collection] ?? []).flatMap((field) => [
      `CREATE INDEX IF NOT EXISTS ${collection}_${field} ON ${collection} (${fieldSql(field)}, sequence)`,
      `CREATE INDEX IF NOT EXISTS ${collection}_parent_${field} ON ${collection} (parent, ${fieldSql(field)}, sequence)`,
    ]),
  ].join(';\n');
}

/** SQLite finds an index only by the very words it was made with. */
function fieldSql(field: string): string {
  return `json ->> '$.${field}'`;
}

/** A statement with the values for its question marks. */
export interface Sql {
  text: string;
  values: (string | number)[];
}

/**
 * Reads one object more than a page holds, which tells whether there is more. `after` and `before` are sequences.
 * `reversed`: the rows come from the far end of the page, and have to be turned round.
 */
export function pageSql(
  collection: Collection,
  {
    parent,
    where,
    order,
    limit,
    after,
    before,
  }: Omit<ListQuery, 'after' | 'before'> & { after?: number; before?: number },
): Sql & { reversed: boolean } {
  if (where !== undefined && INDEXED_FIELDS[collection]?.includes(where.field) !== true) {
    throw new Error(`sqliteStore: ${collection} cannot be listed by ${where.field}.`);
  }
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const only = (condition: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  const [oldest, newest] = order === 'asc' ? [after, before] : [before, after];
  only('parent = ?', parent);
  if (where !== undefined) only(`${fieldSql(where.field)} = ?`, where.value);
  only('sequence > ?', oldest);
  only('sequence < ?', newest);
  // With `before` alone the page ends at the cursor; else it begins behind `after`, or at the top.
  const reversed = before !== undefined && after === undefined;
  const direction = (order === 'asc') === reversed ? 'DESC' : 'ASC';
  const condition = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return {
    text: `SELECT json FROM ${collection}${condition} ORDER BY sequence ${direction} LIMIT ?`,
    values: [...values, Math.min(limit, 1_000_000_000) + 1],
    reversed,
  };
}
