import type { Collection } from './store.js';

/** The fields that `where` of a list may name, by collection. A store keeps an order for each, so that no list is searched. */
export const INDEXED_FIELDS: { readonly [C in Collection]?: readonly string[] } = {
  messages: ['run_id'],
  runs: ['status'],
  files: ['purpose'],
};

/** Whose first put needs a parent, since they are listed by it. */
export const CHILD_COLLECTIONS: readonly Collection[] = ['messages', 'runs', 'steps'];
