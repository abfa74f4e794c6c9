import { isRecord } from '../common/isRecord.js';
import { warnOnce } from '../common/warnOnce.js';
import { parseTime } from '../protocol/parseTime.js';
import {
  type FieldShapes,
  isFieldShapes,
  isListShape,
  matchesScalar,
  parseFieldKey,
  type ScalarShape,
  type Shape,
} from '../protocol/Shape.js';
import { shapes, type ObjectKind } from '../protocol/shapes.js';
import { hasOwnCursor } from './hasOwnCursor.js';
import type { ObjectSource } from './ObjectSource.js';

/** Value of `object` of an object that lacks it. */
const OBJECT_NAMES: Record<ObjectKind, string> = {
  assistant: 'assistant',
  assistantFile: 'assistant.file',
  thread: 'thread',
  message: 'thread.message',
  messageDelta: 'thread.message.delta',
  messageFile: 'thread.message.file',
  run: 'thread.run',
  step: 'thread.run.step',
  stepDelta: 'thread.run.step.delta',
  file: 'file',
  store: 'vector_store',
  storeFile: 'vector_store.file',
  batch: 'vector_store.files_batch',
  batchFile: 'vector_store.file',
  usage: 'usage',
  content: 'vector_store.file_content.page',
  results: 'vector_store.search_results.page',
};

/** Values of fields that are missing or cannot be repaired. Other texts are empty. */
const DEFAULT_TEXTS: Readonly<Record<string, string>> = {
  status: 'completed',
  role: 'assistant',
  type: 'unknown',
};

/** Fields that hold the text of an object that some servers send as a string. */
const TEXT_FIELDS = ['value', 'url', 'file_id', 'message'];

/** Number of items of a page if the request names none. */
const DEFAULT_LIMIT = 20;

type Fields = Record<string, unknown>;

/** Paths of the fields whose value was replaced or removed. */
type Findings = string[];

/**
 * Repairs a list: reads it from `data`, or from the response itself. Entries that cannot be repaired are left out. Undefined
 * if the response contains no list.
 */
export function repairPage(
  kind: ObjectKind,
  value: unknown,
  source: ObjectSource,
): object | undefined {
  const fields = isRecord(value) ? value : { data: value };
  const { data } = fields;
  if (!Array.isArray(data)) return undefined;
  const findings: Findings = [];
  const items = data.map((item) => completeObject(item, kind, source));
  const repaired = repairList(items, shapes[kind], 'data', findings);
  warn(kind, source.operation, findings);
  const stated = hasOwnCursor({ ...fields, data: items }) ? fields['has_more'] : undefined;
  const hasMore = stated ?? isFullPage(data, source);
  return { object: 'list', ...fields, data: repaired, has_more: hasMore === true };
}

/**
 * Returns true if a page of a server that does not tell if there are more has as many items as were requested. A server that
 * ignores the cursor sends the item of the cursor again.
 */
function isFullPage(data: readonly unknown[], { params }: ObjectSource): boolean {
  const { query } = params as { query?: { limit?: number; after?: string } };
  const hasCursor = data.some((item) => isRecord(item) && item['id'] === query?.after);
  return data.length === (query?.limit ?? DEFAULT_LIMIT) && !hasCursor;
}

/** Repairs an object. Undefined if it has no id, or is not an object of this collection. */
export function repairObject(
  kind: ObjectKind,
  value: unknown,
  source: ObjectSource,
): object | undefined {
  const findings: Findings = [];
  const object = completeObject(value, kind, source);
  const repaired = repair(object, shapes[kind], '', findings);
  if (!isRecord(repaired)) return undefined;
  warn(kind, source.operation, findings);
  return repaired;
}

/** Adds the name of an object and the ids of the request to an object that lacks them. */
function completeObject(value: unknown, kind: ObjectKind, { params }: ObjectSource): unknown {
  if (!isRecord(value)) return value;
  const known: Fields = { ...params };
  const shape: FieldShapes = shapes[kind];
  const fields = {
    object: OBJECT_NAMES[kind],
    thread_id: known['threadId'],
    // A user message belongs to no run, although streams of runs may contain it.
    ...(value['role'] !== 'user' && {
      run_id: known['runId'],
      assistant_id: known['assistantId'],
    }),
    message_id: known['messageId'],
    vector_store_id: known['vectorStoreId'],
  };
  const missing = Object.entries(fields).filter(
    ([name, field]) =>
      field !== undefined &&
      (typeof value[name] !== 'string' || value[name] === '') &&
      (Object.hasOwn(shape, name) || Object.hasOwn(shape, `${name}|`)),
  );
  return missing.length > 0 ? { ...value, ...Object.fromEntries(missing) } : value;
}

/** Returns the value in its shape; the same value if it has it. Undefined if it cannot be repaired. */
function repair(value: unknown, shape: Shape, path: string, findings: Findings): unknown {
  if (typeof shape === 'string')
    return matchesScalar(value, shape) ? value : repairScalar(value, shape, path);
  if (!isListShape(shape)) return repairFields(value, shape, path, findings);
  const list = typeof value === 'string' ? [value] : value;
  return Array.isArray(list) ? repairList(list, shape[0], path, findings) : undefined;
}

function repairScalar(value: unknown, shape: ScalarShape, path: string): unknown {
  switch (shape) {
    case 'time':
      return parseTime(value);
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
      return Number.isFinite(number) ? number : undefined;
    }
    case 'id':
      return Number.isFinite(value) ? String(value) : undefined;
    case 'text':
      if (Number.isFinite(value) || typeof value === 'boolean') return String(value);
      // Some servers parse the JSON of function calls.
      return isJson(value) && /(?:arguments|output)$/.test(path)
        ? JSON.stringify(value)
        : undefined;
    case 'map':
      return isRecord(value) ? toMap(value) : undefined;
    default:
      return undefined;
  }
}

function isJson(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function toMap(value: Fields): Record<string, string> {
  const entries = Object.entries(value).filter(([, entry]) => entry !== null && !isJson(entry));
  return Object.fromEntries(entries.map(([key, entry]) => [key, String(entry)]));
}

/**
 * Returns the list with repaired entries; the same list if none has changed. Leaves out entries that cannot be repaired,
 * except objects of several types, which get an unknown type.
 */
function repairList(
  list: readonly unknown[],
  shape: Shape,
  path: string,
  findings: Findings,
): readonly unknown[] {
  const repairedList = list.flatMap((entry, index) => {
    const entryPath = `${path}[${index}]`;
    const repaired = repair(entry, shape, entryPath, findings);
    if (repaired !== undefined) return [repaired];
    findings.push(entryPath);
    if (!hasVariants(shape) || !isRecord(entry)) return [];
    const unknown = repair({ ...entry, type: DEFAULT_TEXTS['type'] }, shape, entryPath, findings);
    return unknown === undefined ? [] : [unknown];
  });
  const isSame =
    repairedList.length === list.length &&
    repairedList.every((entry, index) => entry === list[index]);
  return isSame ? list : repairedList;
}

function repairFields(
  value: unknown,
  shape: FieldShapes,
  path: string,
  findings: Findings,
): Fields | undefined {
  const fields = typeof value === 'string' ? wrapText(value, shape) : value;
  if (!isRecord(fields)) return undefined;
  let repaired = fields;
  for (const [key, fieldShape] of Object.entries(shape)) {
    const next =
      key === 'type' && isFieldShapes(fieldShape)
        ? repairVariant(repaired, fieldShape, path, findings)
        : repairField(repaired, key, fieldShape, path, findings);
    if (next === undefined) return undefined;
    repaired = next;
  }
  return repaired;
}

/** Returns the object with a type and the fields of that type. Undefined if these cannot be repaired. */
function repairVariant(
  object: Fields,
  variants: FieldShapes,
  path: string,
  findings: Findings,
): Fields | undefined {
  const { type: given } = object;
  const type = typeof given === 'string' ? given : inferType(object, variants);
  const typed = given === type ? object : { ...object, type };
  const variant = Object.hasOwn(variants, type) ? variants[type] : undefined;
  if (variant === undefined || !isFieldShapes(variant)) return typed;
  return repairFields(typed, variant, path, findings);
}

/** Returns the object with one field repaired or replaced by its default. Undefined if it has none. */
function repairField(
  object: Fields,
  key: string,
  shape: Shape,
  parentPath: string,
  findings: Findings,
): Fields | undefined {
  const { name } = parseFieldKey(key);
  const path = parentPath === '' ? name : `${parentPath}.${name}`;
  const value = object[name];
  const isMissing = value === undefined || value === null;
  const repaired = isMissing ? undefined : repair(value, shape, path, findings);
  if (repaired === undefined && !isMissing) findings.push(path);
  const result = repaired ?? getReplacement(value, key, shape);
  if (result !== undefined) return result === value ? object : { ...object, [name]: result };
  if (!key.endsWith('?')) return undefined;
  const { [name]: _removed, ...rest } = object;
  return value === undefined ? object : rest;
}

/** Returns the value of a field that cannot be repaired. Undefined if it has none. */
function getReplacement(value: unknown, key: string, shape: Shape): unknown {
  if (key.endsWith('|')) return null;
  if (key.endsWith('?')) return value === null ? null : undefined;
  return createDefault(shape, key);
}

function hasVariants(shape: Shape): boolean {
  return isFieldShapes(shape) && typeof shape['type'] === 'object';
}

/** Returns the object that a server has sent as a string, such as the content part of a text. */
function wrapText(text: string, { type: variants, ...fields }: FieldShapes): Fields | undefined {
  if (typeof variants === 'object' && Object.hasOwn(variants, 'text'))
    return { type: 'text', text };
  const name = TEXT_FIELDS.find((field) => Object.hasOwn(fields, field));
  return name === undefined ? undefined : { [name]: text };
}

/** Returns the type of an object without `type`. Most types have a field of their name. */
function inferType(fields: Fields, variants: FieldShapes): string {
  return Object.keys(variants).find((type) => isRecord(fields[type])) ?? 'unknown';
}

/** Returns the value of a required field that is missing. Undefined for ids, which cannot be made up. */
function createDefault(shape: Shape, name: string): unknown {
  if (isListShape(shape)) return [];
  if (typeof shape === 'object') return repairFields({}, shape, '', []);
  switch (shape) {
    case 'text':
      return DEFAULT_TEXTS[name] ?? '';
    case 'number':
    case 'time':
      return 0;
    default:
      return undefined;
  }
}

/** Warns once for each kind of object, however many of its fields are wrong. */
function warn(kind: ObjectKind, operation: string, findings: Findings): void {
  const [path] = findings;
  if (path === undefined) return;
  warnOnce(
    `shape of ${kind}`,
    `${operation}: the server sent objects (${kind}) that do not have the documented shape, first in '${path.slice(0, 200)}'. Fields that cannot be read are replaced by defaults, and parts of unknown types are shown as placeholders.`,
  );
}
