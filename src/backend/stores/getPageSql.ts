import { assertIndexed } from './collections.js';
import type { Collection, ListQuery } from './Store.js';

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

/** Names of a database. */
export interface PageSqlNames {
  table: string;
  /** Returns the expression of an indexed field. */
  getField: (field: string) => string;
  /** Returns a placeholder. `index` is 1 for the first value. */
  getPlaceholder: (index: number) => string;
}

/** Returns a statement that reads one page, and one more row to find out whether there is another page. */
export function getPageSql(
  collection: Collection,
  { parent, where, order, limit, after, before }: PageSqlQuery,
  { table, getField, getPlaceholder }: PageSqlNames,
): PageSql {
  assertIndexed(collection, where);
  const [oldest, newest] = order === 'asc' ? [after, before] : [before, after];
  const filters: [comparison: string, value: string | number | undefined][] = [
    ['parent =', parent],
    [`${where === undefined ? '' : getField(where.field)} =`, where?.value],
    ['sequence >', oldest],
    ['sequence <', newest],
  ];
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  for (const [comparison, value] of filters) {
    if (value === undefined) continue;
    values.push(value);
    conditions.push(`${comparison} ${getPlaceholder(values.length)}`);
  }
  // With `before` alone, the page ends at the cursor. Otherwise it starts after `after`, or at the start of the list.
  const isReversed = before !== undefined && after === undefined;
  const direction = (order === 'asc') === isReversed ? 'DESC' : 'ASC';
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return {
    text: `SELECT json FROM ${table}${filter} ORDER BY sequence ${direction} LIMIT ${getPlaceholder(values.length + 1)}`,
    // Limits are 64-bit integers. A larger number than this is never reached.
    values: [...values, Math.min(limit, 1_000_000_000) + 1],
    isReversed,
  };
}
