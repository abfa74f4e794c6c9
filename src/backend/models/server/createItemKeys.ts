import { type Fields, toFields, toText } from './toFields.js';

/** Returns the keys of the items that events belong to. */
export interface ItemKeys {
  get(event: Fields): string;
  /** Returns true if events without an index and an id were seen. */
  hasAnonymous(): boolean;
}

/**
 * Creates keys for the items of a response: their index, or their id for servers that omit the index. Events with both connect
 * them, because other events of the item may have only one.
 */
export function createItemKeys(): ItemKeys {
  const keysById = new Map<string, string>();
  let hasAnonymous = false;
  return {
    get(event) {
      const index = event['output_index'];
      const id = toText(event['item_id']) || toText(toFields(event['item'])['id']);
      const known = id === '' ? undefined : keysById.get(id);
      if (known !== undefined) return known;
      if (typeof index !== 'number' && id === '') {
        hasAnonymous = true;
        return '';
      }
      const key = typeof index === 'number' ? String(index) : id;
      if (id !== '') keysById.set(id, key);
      return key;
    },
    hasAnonymous: () => hasAnonymous,
  };
}
