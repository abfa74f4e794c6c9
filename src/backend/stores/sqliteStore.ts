import { assertParent, collectionNames, listParents } from './collections.js';
import { openSqliteFile, type Row, type SqliteFile } from './openSqliteFile.js';
import { getSqliteCountSql, getSqlitePageSql } from './sqliteSchema.js';
import type { Change, Collection, Collections, ListQuery, PutChange, Store } from './Store.js';

/** Options for `sqliteStore`. */
export interface SqliteStoreOptions {
  /**
   * Path of the database file. The file and its folder are created if they do not exist. Files in the same folder whose names
   * start with the name of the file belong to it.
   */
  path: string;
}

/** Size of a row of file content. Small files need few rows, and SQLite's memory does not grow with the size of a file. */
const CONTENT_PART_BYTES = 256 * 1024;

/**
 * Creates a store that keeps everything in one SQLite file, including the contents of files. Changes of an object and of file
 * contents are atomic, and a copy of the folder is a complete backup. A write that has resolved survives a crash of the
 * process and of the machine. Pages are read from an index, so their cost does not depend on the length of the list.
 *
 * The file belongs to one process until `close` is called or the process ends. Do not open it with another SQLite build
 * meanwhile, not even for reading: the builds do not see each other's locks, and the file would be damaged.
 *
 * @throws StoreError `busy` if another process uses the file, `failed` if it cannot be opened. `write` rejects with `full` if
 * no space is left, and then has written nothing.
 */
export function sqliteStore({ path }: SqliteStoreOptions): Store & Required<Pick<Store, 'close'>> {
  const file = openSqliteFile(path, collectionNames);
  removeLeases(file);
  return {
    async get<C extends Collection>(collection: C, id: string) {
      if (!isBindable(id)) return undefined;
      const rows = file.all(`SELECT json FROM ${collection} WHERE id = ?`, [id]);
      return parseRows<C>(rows)[0];
    },

    async getParent(collection, id) {
      if (!isBindable(id)) return undefined;
      const row = file.all(`SELECT parent FROM ${collection} WHERE id = ?`, [id])[0];
      return row && readParent(row);
    },

    async list<C extends Collection>(collection: C, query: ListQuery) {
      return listObjects(file, collection, query);
    },

    async count(collection, parent, where) {
      if (where !== undefined) {
        if (!isBindable(where.value)) return 0;
        const { text, values } = getSqliteCountSql(collection, { parent, where });
        return Number(file.all(text, values)[0]?.['size']);
      }
      const rows = file.all('SELECT size FROM counts WHERE list = ?', [
        getListName(collection, parent),
      ]);
      return Number(rows[0]?.['size'] ?? 0);
    },

    async write(changes) {
      file.transaction(() => {
        const growth: Growth = new Map();
        for (const change of changes) applyChange(file, change, growth);
        for (const [list, by] of growth) updateCount(file, list, by);
      });
      await file.synced();
    },

    async getContent(fileId) {
      return readContent(file, fileId);
    },

    async close() {
      file.close();
    },
  };
}

/** Removes the leases of earlier processes. This process has the lock of the file, so they have ended. */
function removeLeases(file: SqliteFile): void {
  const ids = file.all('SELECT id FROM leases', []).map(({ id }) => String(id));
  if (ids.length === 0) return;
  file.transaction(() => {
    const growth: Growth = new Map();
    for (const id of ids) removeObject(file, 'leases', id, growth);
    for (const [list, by] of growth) updateCount(file, list, by);
  });
}

function listObjects<C extends Collection>(
  file: SqliteFile,
  collection: C,
  { after: afterId, before: beforeId, ...query }: ListQuery,
): { data: Collections[C][]; hasMore: boolean } | null {
  const after = findCursor(file, collection, afterId, query.parent);
  const before = findCursor(file, collection, beforeId, query.parent);
  if (after === null || before === null) return null;
  const { text, values, isReversed } = getSqlitePageSql(collection, {
    ...query,
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  });
  if (query.where !== undefined && !isBindable(query.where.value))
    return { data: [], hasMore: false };
  const rows = file.all(text, values);
  const data = parseRows<C>(rows.slice(0, query.limit));
  return { data: isReversed ? data.reverse() : data, hasMore: rows.length > query.limit };
}

/** Returns the sequence of a cursor, undefined without one, and null if it is not in the list. */
function findCursor(
  file: SqliteFile,
  collection: Collection,
  id: string | undefined,
  parent: ListQuery['parent'],
): number | null | undefined {
  if (id === undefined) return undefined;
  if (!isBindable(id)) return null;
  const row = file.all(`SELECT sequence, parent FROM ${collection} WHERE id = ?`, [id])[0];
  if (row === undefined || listParents(parent)?.includes(readParent(row)) === false) return null;
  return Number(row['sequence']);
}

function readParent(row: Row): string | null {
  return row['parent'] === null ? null : String(row['parent']);
}

function parseRows<C extends Collection>(rows: readonly Row[]): Collections[C][] {
  // Only putObject writes this column, and the file belongs to this process.
  return rows.map(({ json }) => JSON.parse(String(json)) as Collections[C]);
}

/** Change of the length of each list that a batch touches. */
type Growth = Map<string, number>;

function applyChange(file: SqliteFile, change: Change, growth: Growth): void {
  switch (change.type) {
    case 'put':
      putObject(file, change, growth);
      break;
    case 'remove':
      removeObject(file, change.collection, change.id, growth);
      break;
    case 'putContent':
      putContent(file, change.fileId, change.bytes);
      break;
    case 'removeContent':
      removeContent(file, change.fileId);
      break;
  }
}

function putObject(
  file: SqliteFile,
  { collection, object, parent }: PutChange<Collection>,
  growth: Growth,
): void {
  const json = JSON.stringify(object);
  const update = `UPDATE ${collection} SET json = ? WHERE id = ?`;
  if (file.run(update, [json, object.id]) > 0) return;
  assertParent(collection, object.id, parent);
  file.run(`INSERT INTO ${collection} (id, parent, json) VALUES (?, ?, ?)`, [
    object.id,
    parent ?? null,
    json,
  ]);
  recordGrowth(growth, collection, parent, 1);
}

function removeObject(file: SqliteFile, collection: Collection, id: string, growth: Growth): void {
  const row = file.all(`DELETE FROM ${collection} WHERE id = ? RETURNING parent`, [id])[0];
  if (row === undefined) return;
  const { parent } = row;
  recordGrowth(growth, collection, typeof parent === 'string' ? parent : undefined, -1);
}

function recordGrowth(
  growth: Growth,
  collection: Collection,
  parent: string | undefined,
  by: 1 | -1,
): void {
  const lists = new Set([getListName(collection, undefined), getListName(collection, parent)]);
  for (const list of lists) growth.set(list, (growth.get(list) ?? 0) + by);
}

/** Lengths are stored, because COUNT(*) would read the whole list for each added message. */
function updateCount(file: SqliteFile, list: string, by: number): void {
  file.run(
    'INSERT INTO counts (list, size) VALUES (?, ?) ON CONFLICT (list) DO UPDATE SET size = size + excluded.size',
    [list, by],
  );
  if (by < 0) file.run('DELETE FROM counts WHERE list = ? AND size = 0', [list]);
}

function readContent(file: SqliteFile, fileId: string): Uint8Array | undefined {
  const rows = file.all('SELECT bytes FROM contents WHERE file_id = ? ORDER BY part', [fileId]);
  if (rows.length === 0) return undefined;
  const parts = rows.map(({ bytes }) => bytes).filter((part) => part instanceof Uint8Array);
  const content = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    content.set(part, offset);
    offset += part.length;
  }
  return content;
}

function putContent(file: SqliteFile, fileId: string, bytes: Uint8Array): void {
  removeContent(file, fileId);
  // An empty file has one empty part, which distinguishes it from a missing file.
  const count = Math.max(1, Math.ceil(bytes.length / CONTENT_PART_BYTES));
  for (let part = 0; part < count; part++) {
    const start = part * CONTENT_PART_BYTES;
    file.run('INSERT INTO contents (file_id, part, bytes) VALUES (?, ?, ?)', [
      fileId,
      part,
      bytes.subarray(start, start + CONTENT_PART_BYTES),
    ]);
  }
}

function removeContent(file: SqliteFile, fileId: string): void {
  file.run('DELETE FROM contents WHERE file_id = ?', [fileId]);
}

/** SQLite cuts text at its first NUL character. No stored id or indexed field contains one. */
function isBindable(value: string): boolean {
  return !value.includes('\0');
}

function getListName(collection: Collection, parent: string | undefined): string {
  return parent === undefined ? collection : `${collection} ${parent}`;
}
