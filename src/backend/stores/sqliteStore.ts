import type { Change, Collection, Collections, ListQuery, Store } from './store.js';
import { CHILD_COLLECTIONS } from './indexedFields.js';
import { openSqliteFile, type SqliteFile } from './sqliteFile.js';
import { pageSql } from './sqliteSchema.js';

export interface SqliteStoreOptions {
  /** The database file. It and its folder are made where there are none. Files beside it that begin with its name belong to it. */
  path: string;
}

/** Named one by one, so that a collection more is a table more. */
const COLLECTIONS = Object.keys({
  assistants: true,
  threads: true,
  messages: true,
  runs: true,
  steps: true,
  files: true,
  vectorStores: true,
  removals: true,
  replays: true,
} satisfies Record<Collection, true>) as Collection[];

/** Large enough that a file is few rows, small enough that SQLite's memory does not grow with the file. */
const PART_BYTES = 256 * 1024;

/**
 * Keeps everything in one SQLite file, the contents of files included: so a file and its bytes come and go in one batch, and
 * one copy of the folder is a copy of all. A write that has resolved survives the death of the process and of the machine.
 * A page is read from an index, whatever the length of the list.
 *
 * The file belongs to one process until `close`, or its death. Reading it meanwhile with another SQLite damages it: this
 * build does not see the locks of others, nor they its own.
 *
 * @throws StoreError `busy` when another process has the file, `failed` when it cannot be opened; `write` rejects with
 *   `full` when there is no room left, and then has written nothing
 */
export function sqliteStore({ path }: SqliteStoreOptions): Required<Store> {
  const file = openSqliteFile(path, COLLECTIONS);

  function parse<C extends Collection>(rows: ReturnType<SqliteFile['all']>): Collections[C][] {
    // Written by put, and by nobody else.
    return rows.map(({ json }) => JSON.parse(String(json)) as Collections[C]);
  }

  return {
    async get<C extends Collection>(collection: C, id: string) {
      if (!isText(id)) return undefined;
      return parse<C>(file.all(`SELECT json FROM ${collection} WHERE id = ?`, [id]))[0];
    },

    async list<C extends Collection>(collection: C, query: ListQuery) {
      const { after, before, ...rest } = query;
      const cursors: { after?: number; before?: number } = {};
      for (const [name, id] of Object.entries({ after, before })) {
        if (id === undefined) continue;
        const sequence = sequenceOf(file, collection, id, query.parent);
        if (sequence === undefined) return null;
        cursors[name === 'after' ? 'after' : 'before'] = sequence;
      }
      const { text, values, reversed } = pageSql(collection, { ...rest, ...cursors });
      if (query.where !== undefined && !isText(query.where.value))
        return { data: [], hasMore: false };
      const rows = file.all(text, values);
      const data = parse<C>(rows.slice(0, query.limit));
      return { data: reversed ? data.reverse() : data, hasMore: rows.length > query.limit };
    },

    async count(collection, parent) {
      const row = file.all('SELECT size FROM counts WHERE list = ?', [
        listName(collection, parent),
      ])[0];
      return Number(row?.['size'] ?? 0);
    },

    async write(changes) {
      file.transaction(() => {
        const counts: Counts = new Map();
        for (const change of changes) apply(file, change, counts);
        for (const [list, by] of counts) countOn(file, list, by);
      });
      await file.synced();
    },

    async content(fileId) {
      const parts = file
        .all('SELECT bytes FROM contents WHERE file_id = ? ORDER BY part', [fileId])
        .map(({ bytes }) => bytes);
      return parts.length === 0
        ? undefined
        : join(parts.filter((part) => part instanceof Uint8Array));
    },

    async close() {
      file.close();
    },
  };
}

/** By how much the lists of a batch grow. */
type Counts = Map<string, number>;

function apply(file: SqliteFile, change: Change, counts: Counts): void {
  if ('put' in change) put(file, change.put, change.object, change.parent, counts);
  else if ('remove' in change) remove(file, change.remove, change.id, counts);
  else if ('putContent' in change) putContent(file, change.putContent, change.bytes);
  else removeContent(file, change.removeContent);
}

function put(
  file: SqliteFile,
  collection: Collection,
  object: Collections[Collection],
  parent: string | undefined,
  counts: Counts,
): void {
  const json = JSON.stringify(object);
  if (file.run(`UPDATE ${collection} SET json = ? WHERE id = ?`, [json, object.id]) > 0) return;
  if (CHILD_COLLECTIONS.includes(collection) && parent === undefined) {
    throw new Error(
      `sqliteStore: the first put of ${object.id} into ${collection} needs its parent.`,
    );
  }
  file.run(`INSERT INTO ${collection} (id, parent, json) VALUES (?, ?, ?)`, [
    object.id,
    parent ?? null,
    json,
  ]);
  count(counts, collection, parent, 1);
}

function remove(file: SqliteFile, collection: Collection, id: string, counts: Counts): void {
  const row = file.all(`DELETE FROM ${collection} WHERE id = ? RETURNING parent`, [id])[0];
  if (row === undefined) return;
  count(counts, collection, typeof row['parent'] === 'string' ? row['parent'] : undefined, -1);
}

function count(
  counts: Counts,
  collection: Collection,
  parent: string | undefined,
  by: 1 | -1,
): void {
  for (const list of new Set([listName(collection, undefined), listName(collection, parent)])) {
    counts.set(list, (counts.get(list) ?? 0) + by);
  }
}

/** Counting rows would read the whole list each time a message is added to it. */
function countOn(file: SqliteFile, list: string, by: number): void {
  file.run(
    'INSERT INTO counts (list, size) VALUES (?, ?) ON CONFLICT (list) DO UPDATE SET size = size + excluded.size',
    [list, by],
  );
  if (by < 0) file.run('DELETE FROM counts WHERE list = ? AND size = 0', [list]);
}

function putContent(file: SqliteFile, fileId: string, bytes: Uint8Array): void {
  removeContent(file, fileId);
  // An empty file has one part, which is empty.
  for (let start = 0, part = 0; part === 0 || start < bytes.length; start += PART_BYTES, part++) {
    file.run('INSERT INTO contents (file_id, part, bytes) VALUES (?, ?, ?)', [
      fileId,
      part,
      bytes.subarray(start, start + PART_BYTES),
    ]);
  }
}

function removeContent(file: SqliteFile, fileId: string): void {
  file.run('DELETE FROM contents WHERE file_id = ?', [fileId]);
}

function sequenceOf(
  file: SqliteFile,
  collection: Collection,
  id: string,
  parent: string | undefined,
): number | undefined {
  if (!isText(id)) return undefined;
  const row = file.all(`SELECT sequence, parent FROM ${collection} WHERE id = ?`, [id])[0];
  return row === undefined || (parent !== undefined && row['parent'] !== parent)
    ? undefined
    : Number(row['sequence']);
}

/** SQLite takes text up to its first NUL; no id and no field of ours holds one. */
function isText(value: string): boolean {
  return !value.includes('\0');
}

function listName(collection: Collection, parent: string | undefined): string {
  return parent === undefined ? collection : `${collection} ${parent}`;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
