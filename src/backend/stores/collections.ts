import type { Collection, ListQuery } from './Store.js';

/** Fields that `where` may name. Stores keep an index for each, so that listing never scans a collection. */
export const INDEXED_FIELDS: { readonly [C in Collection]?: readonly string[] } = {
  messages: ['run_id'],
  runs: ['status'],
  files: ['purpose'],
};

/** Collections whose objects are listed by parent. */
const CHILD_COLLECTIONS: readonly Collection[] = ['messages', 'runs', 'steps'];

/** @throws Error if a list cannot be filtered by this field. */
export function assertIndexed(collection: Collection, where: ListQuery['where']): void {
  if (where !== undefined && INDEXED_FIELDS[collection]?.includes(where.field) !== true)
    throw new Error(`The collection ${collection} has no index of ${where.field}.`);
}

/** @throws Error if the first put of a child names no parent. */
export function assertParent(collection: Collection, id: string, parent: string | undefined): void {
  if (parent === undefined && CHILD_COLLECTIONS.includes(collection))
    throw new Error(`The first put of ${id} into ${collection} needs a parent.`);
}
