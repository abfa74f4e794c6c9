import type { Collection, ListQuery } from './Store.js';

interface CollectionRules {
  /** True if objects are listed by parent. */
  hasParent: boolean;
  /** Fields that `where` may name. Stores keep an index for each, so that listing never scans a collection. */
  indexedFields: readonly string[];
}

const COLLECTIONS: { readonly [C in Collection]: CollectionRules } = {
  assistants: { hasParent: false, indexedFields: [] },
  threads: { hasParent: false, indexedFields: [] },
  messages: { hasParent: true, indexedFields: ['run_id'] },
  runs: { hasParent: true, indexedFields: ['status'] },
  steps: { hasParent: true, indexedFields: [] },
  files: { hasParent: false, indexedFields: ['purpose'] },
  vectorStores: { hasParent: false, indexedFields: [] },
  vectorStoreFiles: {
    hasParent: true,
    indexedFields: ['status', 'file_id', 'batch_id', 'batch_status'],
  },
  vectorStoreBatches: { hasParent: true, indexedFields: [] },
  fileVectors: { hasParent: true, indexedFields: ['key'] },
  removals: { hasParent: false, indexedFields: [] },
  leases: { hasParent: false, indexedFields: [] },
  activeRuns: { hasParent: true, indexedFields: [] },
  runMemories: { hasParent: false, indexedFields: [] },
  usageDays: { hasParent: false, indexedFields: [] },
  storedResponses: { hasParent: false, indexedFields: [] },
};

/** Names of all collections. The keys of `COLLECTIONS` are exactly these, because its type requires them. */
export const collectionNames = Object.keys(COLLECTIONS) as Collection[];

/** Returns the fields of a collection that `where` may name. */
export function getIndexedFields(collection: Collection): readonly string[] {
  return COLLECTIONS[collection].indexedFields;
}

/** Returns true if the first put of an object must name its parent. */
export function hasParent(collection: Collection): boolean {
  return COLLECTIONS[collection].hasParent;
}

/** Returns the parents that a query names, each once. Undefined for all objects. */
export function listParents(parent: ListQuery['parent']): (string | null)[] | undefined {
  if (parent === undefined) return undefined;
  return typeof parent === 'string' ? [parent] : [...new Set(parent)];
}

/** @throws Error if a list cannot be filtered by this field. */
export function assertIndexed(collection: Collection, where: ListQuery['where']): void {
  if (where !== undefined && !getIndexedFields(collection).includes(where.field))
    throw new Error(`The collection ${collection} has no index of ${where.field}.`);
}

/** @throws Error if the first put of a child names no parent. */
export function assertParent(collection: Collection, id: string, parent: string | undefined): void {
  if (parent === undefined && hasParent(collection))
    throw new Error(`The first put of ${id} into ${collection} needs a parent.`);
}
