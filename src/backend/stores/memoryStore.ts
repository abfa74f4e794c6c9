import type { Change, Collection, Collections, ListQuery, Store } from './store.js';
import { CHILD_COLLECTIONS, INDEXED_FIELDS } from './indexedFields.js';

/** What is kept of an object: itself, when it came, and the lists it stands in. */
interface Entry<C extends Collection> {
  object: Collections[C];
  /** Grows with every first put; it is the order of all lists. */
  sequence: number;
  parent: string | undefined;
}

type Tables = { [C in Collection]: Map<string, Entry<C>> };

/**
 * Keeps everything in memory, for as long as the store itself lives. Objects are frozen as they go in. A page is found by
 * binary search, whatever the length of the list.
 */
export function memoryStore(): Store {
  const tables: Tables = {
    assistants: new Map(),
    threads: new Map(),
    messages: new Map(),
    runs: new Map(),
    steps: new Map(),
    files: new Map(),
    vectorStores: new Map(),
    removals: new Map(),
    replays: new Map(),
  };
  const contents = new Map<string, Uint8Array>();
  /** Sequences and ids of every list, in order, by collection, parent and indexed field. */
  const lists = new Map<string, Place[]>();
  let lastSequence = 0;

  function put<C extends Collection>(
    collection: C,
    object: Collections[C],
    parent: string | undefined,
  ): void {
    const table: Map<string, Entry<C>> = tables[collection];
    const known = table.get(object.id);
    if (known !== undefined)
      for (const key of listKeys(collection, known)) leave(key, new Set([known.sequence]));
    const entry: Entry<C> = {
      object: freeze(object),
      sequence: known?.sequence ?? ++lastSequence,
      parent: known?.parent ?? parent,
    };
    table.set(object.id, entry);
    for (const key of listKeys(collection, entry)) {
      const list = lists.get(key) ?? [];
      list.splice(firstAtOrAfter(list, entry.sequence), 0, {
        sequence: entry.sequence,
        id: object.id,
      });
      lists.set(key, list);
    }
  }

  function remove(collection: Collection, id: string, leaving: Map<string, Set<number>>): void {
    const entry = tables[collection].get(id);
    if (entry === undefined) return;
    tables[collection].delete(id);
    for (const key of listKeys(collection, entry)) {
      const sequences = leaving.get(key) ?? new Set();
      leaving.set(key, sequences.add(entry.sequence));
    }
  }

  /** Many at once: taken out one by one, each would move all that stand behind it. */
  function leave(key: string, sequences: ReadonlySet<number>): void {
    const list = lists.get(key) ?? [];
    const [first] = sequences;
    const kept =
      sequences.size > 1 ? list.filter(({ sequence }) => !sequences.has(sequence)) : list;
    if (sequences.size === 1 && first !== undefined) kept.splice(firstAtOrAfter(kept, first), 1);
    if (kept.length === 0) lists.delete(key);
    else lists.set(key, kept);
  }

  function apply(change: Change, leaving: Map<string, Set<number>>): void {
    if ('put' in change) put<Collection>(change.put, change.object, change.parent);
    else if ('remove' in change) remove(change.remove, change.id, leaving);
    else if ('putContent' in change) contents.set(change.putContent, change.bytes.slice());
    else contents.delete(change.removeContent);
  }

  return {
    async get<C extends Collection>(collection: C, id: string) {
      const table: Map<string, Entry<C>> = tables[collection];
      return table.get(id)?.object;
    },

    async list<C extends Collection>(collection: C, query: ListQuery) {
      const table: Map<string, Entry<C>> = tables[collection];
      const sequenceOf = (id: string | undefined): number | null | undefined => {
        if (id === undefined) return undefined;
        const entry = table.get(id);
        return entry !== undefined && (query.parent === undefined || entry.parent === query.parent)
          ? entry.sequence
          : null;
      };
      const after = sequenceOf(query.after);
      const before = sequenceOf(query.before);
      if (after === null || before === null) return null;

      const list = lists.get(listKey(collection, query.parent, query.where)) ?? [];
      const places = window(list, { ...query, after, before });
      const data = places.picked.flatMap(({ id }) => table.get(id)?.object ?? []);
      return { data, hasMore: places.hasMore };
    },

    async count(collection, parent) {
      return lists.get(listKey(collection, parent))?.length ?? 0;
    },

    async write(changes) {
      for (const change of changes) check(change, tables);
      const leaving = new Map<string, Set<number>>();
      for (const change of changes) apply(change, leaving);
      for (const [key, sequences] of leaving) leave(key, sequences);
    },

    async content(fileId) {
      return contents.get(fileId)?.slice();
    },
  };
}

interface Place {
  sequence: number;
  id: string;
}

/** Refuses before anything is written, so that a batch is never half done. */
function check(change: Change, tables: Tables): void {
  if (!('put' in change)) return;
  if (
    CHILD_COLLECTIONS.includes(change.put) &&
    change.parent === undefined &&
    !tables[change.put].has(change.object.id)
  ) {
    throw new Error(
      `memoryStore: the first put of ${change.object.id} into ${change.put} needs its parent.`,
    );
  }
}

/** The part of a list between two exclusive cursors, cut to the limit, in the asked order. */
function window(
  list: Place[],
  {
    order,
    limit,
    after,
    before,
  }: {
    order: 'asc' | 'desc';
    limit: number;
    after: number | undefined;
    before: number | undefined;
  },
): { picked: Place[]; hasMore: boolean } {
  const [oldest, newest] = order === 'asc' ? [after, before] : [before, after];
  const start = oldest === undefined ? 0 : firstAtOrAfter(list, oldest + 1);
  const end = Math.max(start, newest === undefined ? list.length : firstAtOrAfter(list, newest));
  // With `before` alone the page ends at the cursor; else it begins behind `after`, or at the top.
  const fromTop = before === undefined || after !== undefined;
  const picked =
    fromTop === (order === 'asc')
      ? list.slice(start, Math.min(end, start + limit))
      : list.slice(Math.max(start, end - limit), end);
  return {
    picked: order === 'asc' ? picked : picked.reverse(),
    hasMore: end - start > picked.length,
  };
}

function listKeys<C extends Collection>(collection: C, { object, parent }: Entry<C>): string[] {
  const scopes = parent === undefined ? [undefined] : [undefined, parent];
  const fields = new Map<string, unknown>(Object.entries(object));
  return scopes.flatMap((scope) => [
    listKey(collection, scope),
    ...(INDEXED_FIELDS[collection] ?? []).flatMap((field) => {
      const value = fields.get(field);
      return typeof value === 'string' ? [listKey(collection, scope, { field, value })] : [];
    }),
  ]);
}

function listKey(
  collection: Collection,
  parent: string | undefined,
  where?: ListQuery['where'],
): string {
  if (where !== undefined && INDEXED_FIELDS[collection]?.includes(where.field) !== true) {
    throw new Error(`memoryStore: ${collection} cannot be listed by ${where.field}.`);
  }
  return JSON.stringify([collection, parent ?? null, where?.field ?? null, where?.value ?? null]);
}

/** The index of the first place whose sequence is not smaller. */
function firstAtOrAfter(list: Place[], sequence: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.sequence ?? Infinity) < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Deeply, and only what is not frozen yet: unchanged parts of a new snapshot cost nothing. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const child of Object.values(value)) freeze(child);
  return value;
}
