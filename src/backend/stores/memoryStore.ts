import { assertIndexed, assertParent, getIndexedFields, listParents } from './collections.js';
import { createSequenceLists, type SequenceLists } from './createSequenceLists.js';
import type { Change, Collection, Collections, ListQuery, PutChange, Store } from './Store.js';

/** A stored object. */
interface Row<C extends Collection> {
  object: Collections[C];
  /** Insertion number. All lists are sorted by it. */
  sequence: number;
  parent: string | undefined;
}

type Table<C extends Collection> = Map<string, Row<C>>;
type Tables = { [C in Collection]: Table<C> };

/** Sequences to remove after a batch, by list. */
type Removals = Map<string, Set<number>>;

interface MemoryState {
  tables: Tables;
  contents: Map<string, Uint8Array>;
  lists: SequenceLists;
  lastSequence: number;
}

/**
 * Creates a store that keeps everything in memory. Stored objects are frozen. Pages are found by binary search, so their cost
 * does not depend on the length of the list.
 */
export function memoryStore(): Store {
  const state = createState();
  const { tables, contents, lists } = state;
  return {
    async get<C extends Collection>(collection: C, id: string) {
      const table: Table<C> = tables[collection];
      return table.get(id)?.object;
    },

    async getParent(collection, id) {
      const row = tables[collection].get(id);
      return row && (row.parent ?? null);
    },

    async list<C extends Collection>(collection: C, query: ListQuery) {
      const table: Table<C> = tables[collection];
      const parents = listParents(query.parent);
      const after = findCursor(table, query.after, parents);
      const before = findCursor(table, query.before, parents);
      if (after === null || before === null) return null;
      const names = (parents ?? [undefined]).map((parent) =>
        getListName(collection, parent, query.where),
      );
      const { entries, hasMore } = lists.getPage(names, { ...query, after, before });
      return { data: entries.flatMap(({ id }) => table.get(id)?.object ?? []), hasMore };
    },

    async count(collection, parent, where) {
      return lists.count(getListName(collection, parent, where));
    },

    async write(changes) {
      // Checked before anything is applied, so that a batch is applied completely or not at all.
      for (const change of changes) assertValid(change, tables);
      const removals: Removals = new Map();
      for (const change of changes) applyChange(state, change, removals);
      for (const [list, sequences] of removals) lists.remove(list, sequences);
    },

    async getContent(fileId) {
      return contents.get(fileId)?.slice();
    },
  };
}

function createState(): MemoryState {
  return {
    tables: {
      assistants: new Map(),
      threads: new Map(),
      messages: new Map(),
      runs: new Map(),
      steps: new Map(),
      files: new Map(),
      vectorStores: new Map(),
      vectorStoreFiles: new Map(),
      vectorStoreBatches: new Map(),
      fileVectors: new Map(),
      removals: new Map(),
      leases: new Map(),
      activeRuns: new Map(),
      runMemories: new Map(),
      usageDays: new Map(),
      storedResponses: new Map(),
    },
    contents: new Map(),
    lists: createSequenceLists(),
    lastSequence: 0,
  };
}

function assertValid(change: Change, tables: Tables): void {
  if (change.type === 'put' && !tables[change.collection].has(change.object.id))
    assertParent(change.collection, change.object.id, change.parent);
}

function applyChange(state: MemoryState, change: Change, removals: Removals): void {
  switch (change.type) {
    case 'put':
      putObject<Collection>(state, change);
      break;
    case 'remove':
      removeObject(state, change.collection, change.id, removals);
      break;
    case 'putContent':
      state.contents.set(change.fileId, change.bytes.slice());
      break;
    case 'removeContent':
      state.contents.delete(change.fileId);
      break;
  }
}

function putObject<C extends Collection>(state: MemoryState, change: PutChange<C>): void {
  const { collection, object, parent } = change;
  const table: Table<C> = state.tables[collection];
  const previous = table.get(object.id);
  if (previous !== undefined) {
    for (const list of getListNames(collection, previous))
      state.lists.remove(list, new Set([previous.sequence]));
  }
  const row: Row<C> = {
    object: deepFreeze(object),
    sequence: previous?.sequence ?? state.lastSequence + 1,
    parent: previous === undefined ? parent : previous.parent,
  };
  state.lastSequence = Math.max(state.lastSequence, row.sequence);
  table.set(object.id, row);
  for (const list of getListNames(collection, row))
    state.lists.add(list, { sequence: row.sequence, id: object.id });
}

function removeObject(
  { tables }: MemoryState,
  collection: Collection,
  id: string,
  removals: Removals,
): void {
  const row = tables[collection].get(id);
  if (row === undefined) return;
  tables[collection].delete(id);
  for (const list of getListNames(collection, row)) {
    const sequences = removals.get(list) ?? new Set();
    removals.set(list, sequences.add(row.sequence));
  }
}

/** Returns the sequence of a cursor, undefined without one, and null if it is not in the list. */
function findCursor<C extends Collection>(
  table: Table<C>,
  id: string | undefined,
  parents: readonly (string | null)[] | undefined,
): number | null | undefined {
  if (id === undefined) return undefined;
  const row = table.get(id);
  if (row === undefined || parents?.includes(row.parent ?? null) === false) return null;
  return row.sequence;
}

/** Lists that contain an object: all objects and those of its parent, each also for each indexed field. */
function getListNames<C extends Collection>(collection: C, { object, parent }: Row<C>): string[] {
  const scopes = [undefined, parent ?? null];
  const fields = new Map<string, unknown>(Object.entries(object));
  return scopes.flatMap((scope) => [
    getListName(collection, scope),
    ...getIndexedFields(collection).flatMap((field) => {
      const value = fields.get(field);
      return typeof value === 'string' ? [getListName(collection, scope, { field, value })] : [];
    }),
  ]);
}

/** @param parent Null for objects without a parent, undefined for all objects. */
function getListName(
  collection: Collection,
  parent: string | null | undefined,
  where?: ListQuery['where'],
): string {
  assertIndexed(collection, where);
  const scope = parent === undefined ? [] : [parent];
  return JSON.stringify([collection, scope, where?.field ?? null, where?.value ?? null]);
}

/** Freezes an object recursively. Skips frozen parts, so unchanged parts of a new snapshot cost nothing. */
function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const child of Object.values(value)) deepFreeze(child);
  return value;
}
