import { assertIndexed, listParents } from './collections.js';
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

/**
 * Returns a statement that counts the objects with a field value. The first value is that of the field, the second the
 * parent.
 */
export function getCountSql(
  collection: Collection,
  { parent, where }: { parent: string | undefined; where: NonNullable<ListQuery['where']> },
  { table, getField, getPlaceholder }: PageSqlNames,
): Pick<PageSql, 'text' | 'values'> {
  assertIndexed(collection, where);
  const condition = parent === undefined ? '' : ` AND parent = ${getPlaceholder(2)}`;
  return {
    text: `SELECT count(*) AS size FROM ${table} WHERE ${getField(where.field)} = ${getPlaceholder(1)}${condition}`,
    values: [where.value, ...(parent === undefined ? [] : [parent])],
  };
}

/**
 * Returns a statement that reads one page, and one more row to find out whether there is another page. Several parents are read
 * separately and merged, because an index has the rows of each parent in order, but not those of several.
 */
export function getPageSql(
  collection: Collection,
  query: PageSqlQuery,
  { table, getField, getPlaceholder }: PageSqlNames,
): PageSql {
  const { where, order, limit, after, before } = query;
  assertIndexed(collection, where);
  const values: (string | number)[] = [];
  const add = (value: string | number): string => getPlaceholder(values.push(value));
  const [oldest, newest] = order === 'asc' ? [after, before] : [before, after];
  // With `before` alone, the page ends at the cursor. Otherwise it starts after `after`, or at the start of the list.
  const isReversed = before !== undefined && after === undefined;
  const direction = (order === 'asc') === isReversed ? 'DESC' : 'ASC';
  // Limits are 64-bit integers. A larger number than this is never reached.
  const rowCount = Math.min(limit, 1_000_000_000) + 1;

  function select(columns: string, parent: string | null | undefined): string {
    const conditions = [
      ...(typeof parent === 'string' ? [`parent = ${add(parent)}`] : []),
      ...(parent === null ? ['parent IS NULL'] : []),
      ...(where === undefined ? [] : [`${getField(where.field)} = ${add(where.value)}`]),
      ...(oldest === undefined ? [] : [`sequence > ${add(oldest)}`]),
      ...(newest === undefined ? [] : [`sequence < ${add(newest)}`]),
    ];
    const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
    return `SELECT ${columns} FROM ${table}${filter} ORDER BY sequence ${direction} LIMIT ${add(rowCount)}`;
  }

  const parents = listParents(query.parent) ?? [undefined];
  const [only] = parents;
  if (parents.length === 1) return { text: select('json', only), values, isReversed };
  const selects = parents.map(
    (parent, index) => `SELECT * FROM (${select('json, sequence', parent)}) AS part${index}`,
  );
  const text = `SELECT json FROM (${selects.join(' UNION ALL ')}) AS merged ORDER BY sequence ${direction} LIMIT ${add(rowCount)}`;
  return { text, values, isReversed };
}
