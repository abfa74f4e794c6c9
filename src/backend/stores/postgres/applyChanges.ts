import { assertParent, getIndexedFields, hasParent } from '../collections.js';
import type { Change, Collection, PutChange } from '../Store.js';
import type { Query, SqlValue } from './createDatabase.js';
import { getPutSql, getReplaceSql, getTableName } from './postgresSchema.js';

/** Size of a row of file content. Small files need few rows, and memory does not grow with the size of a file. */
const CONTENT_PART_BYTES = 256 * 1024;

/** A part of the content of a file. */
interface PutPart {
  type: 'putPart';
  fileId: string;
  part: number;
  bytes: Uint8Array;
}

/** A change, or a part of one, that one statement can make. */
type Step = Exclude<Change, { type: 'putContent' }> | PutPart;

/** Consecutive steps that one statement can make. No id occurs twice. */
export type ChangeGroup =
  | { type: 'put'; collection: Collection; changes: PutChange<Collection>[]; namesParent: boolean }
  | { type: 'remove'; collection: Collection; ids: string[] }
  | Extract<Step, { type: 'putPart' | 'removeContent' }>;

/** Groups the changes of a batch. */
export function groupChanges(changes: readonly Change[]): ChangeGroup[] {
  const groups: ChangeGroup[] = [];
  let ids = new Set<string>();
  for (const change of changes.flatMap(toSteps)) {
    const last = groups.at(-1);
    const id = getId(change);
    if (!ids.has(id) && last !== undefined && joinGroup(last, change)) {
      ids.add(id);
    } else {
      groups.push(createGroup(change));
      ids = new Set([id]);
    }
  }
  return groups;
}

function toSteps(change: Change): Step[] {
  if (change.type !== 'putContent') return [change];
  const { fileId, bytes } = change;
  // An empty file has one empty part, which distinguishes it from a missing file.
  const count = Math.max(1, Math.ceil(bytes.length / CONTENT_PART_BYTES));
  const parts = Array.from({ length: count }, (_, part): PutPart => {
    const start = part * CONTENT_PART_BYTES;
    return {
      type: 'putPart',
      fileId,
      part,
      bytes: bytes.subarray(start, start + CONTENT_PART_BYTES),
    };
  });
  return [{ type: 'removeContent', fileId }, ...parts];
}

function getId(change: Step): string {
  if (change.type === 'put') return change.object.id;
  return change.type === 'remove' ? change.id : change.fileId;
}

/** Adds a step to a group, unless it needs another statement. */
function joinGroup(group: ChangeGroup, change: Step): boolean {
  if (group.type === 'put' && change.type === 'put') {
    if (group.collection !== change.collection || group.namesParent !== namesParent(change))
      return false;
    group.changes.push(change);
    return true;
  }
  if (group.type === 'remove' && change.type === 'remove') {
    if (group.collection !== change.collection) return false;
    group.ids.push(change.id);
    return true;
  }
  return false;
}

function createGroup(change: Step): ChangeGroup {
  if (change.type === 'put') {
    const { collection } = change;
    return { type: 'put', collection, changes: [change], namesParent: namesParent(change) };
  }
  return change.type === 'remove'
    ? { type: 'remove', collection: change.collection, ids: [change.id] }
    : change;
}

/** Returns false if an object can only be replaced, because its parent is not given. */
function namesParent({ collection, parent }: PutChange<Collection>): boolean {
  return parent !== undefined || !hasParent(collection);
}

/**
 * Makes the changes of a group with one statement, which it sends at once. A second one could be sent after its transaction was
 * rolled back, and would then be executed on its own.
 */
export async function applyGroup(query: Query, schema: string, group: ChangeGroup): Promise<void> {
  switch (group.type) {
    case 'put':
      if (group.namesParent) await putObjects(query, schema, group);
      else await replaceObjects(query, schema, group);
      break;
    case 'remove':
      await query(`DELETE FROM ${getTableName(schema, group.collection)} WHERE id = ANY($1)`, [
        group.ids,
      ]);
      break;
    case 'putPart':
      await query(`INSERT INTO ${schema}.contents (file_id, part, bytes) VALUES ($1, $2, $3)`, [
        group.fileId,
        group.part,
        group.bytes,
      ]);
      break;
    case 'removeContent':
      await query(`DELETE FROM ${schema}.contents WHERE file_id = $1`, [group.fileId]);
  }
}

type PutGroup = Extract<ChangeGroup, { type: 'put' }>;

async function putObjects(
  query: Query,
  schema: string,
  { collection, changes }: PutGroup,
): Promise<void> {
  const parents = changes.map(({ parent }) => parent ?? null);
  const [ids, ...rest] = toColumns(collection, changes);
  await query(getPutSql(schema, collection), [ids ?? [], parents, ...rest]);
}

async function replaceObjects(
  query: Query,
  schema: string,
  { collection, changes }: PutGroup,
): Promise<void> {
  const rows = await query(getReplaceSql(schema, collection), toColumns(collection, changes));
  if (rows.length === changes.length) return;
  const found = new Set(rows.map(({ id }) => String(id)));
  const missing = changes.find(({ object }) => !found.has(object.id));
  if (missing !== undefined) assertParent(collection, missing.object.id, undefined);
}

/** Returns the ids, the indexed fields and the JSON texts. */
function toColumns(collection: Collection, changes: readonly PutChange<Collection>[]): SqlValue[] {
  const fields = getIndexedFields(collection).map((field) =>
    changes.map(({ object }) => readField(object, field)),
  );
  const texts = changes.map(({ object }) => JSON.stringify(object));
  return [changes.map(({ object }) => object.id), ...fields, texts];
}

function readField(object: object, field: string): string | null {
  const value: unknown = new Map<string, unknown>(Object.entries(object)).get(field);
  return typeof value === 'string' ? value : null;
}
