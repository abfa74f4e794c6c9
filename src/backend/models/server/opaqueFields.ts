import { isRecord } from '../../../common/isRecord.js';
import type { Fields } from './toFields.js';

/** Fields of a server that are kept and sent back without being understood, such as signatures and reasoning. */
export type OpaqueFields = Readonly<Record<string, unknown>>;

/** Field that some servers require with each answer that calls functions, even if the model has not reasoned. */
const REQUIRED_FIELD = 'reasoning_content';

/** Returns the fields of an object whose names are not in the list. Omits fields without a value. */
export function pickOpaqueFields(fields: Fields, known: ReadonlySet<string>): OpaqueFields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) =>
        !known.has(name) &&
        value !== null &&
        value !== undefined &&
        (value !== '' || name === REQUIRED_FIELD),
    ),
  );
}

/** Merges the fields of two pieces of a stream: texts are joined, lists by the `index` of their items, other values replaced. */
export function mergeOpaqueFields(fields: OpaqueFields, added: OpaqueFields): OpaqueFields {
  const entries = Object.entries(added);
  if (entries.length === 0) return fields;
  const merged = new Map(Object.entries(fields));
  for (const [name, value] of entries) merged.set(name, mergeValues(merged.get(name), value));
  return Object.fromEntries(merged);
}

function mergeValues(before: unknown, after: unknown): unknown {
  if (typeof before === 'string' && typeof after === 'string') return before + after;
  if (!Array.isArray(before) || !Array.isArray(after)) return after;
  return after.reduce<unknown[]>(addItem, before);
}

/** Appends an item of a list, or joins it with the last one if both are pieces of one item. */
function addItem(items: unknown[], item: unknown): unknown[] {
  const last = items.at(-1);
  if (!isRecord(last) || !isRecord(item) || !isSameItem(last, item)) return [...items, item];
  return [...items.slice(0, -1), joinItems(last, item)];
}

function isSameItem(one: Fields, other: Fields): boolean {
  if (one['type'] !== other['type'] || one['index'] !== other['index']) return false;
  // Pieces of a thinking block have no index. Its signature comes last.
  return typeof one['index'] === 'number' || (one['type'] === 'thinking' && !one['signature']);
}

/** Texts that grow from piece to piece. All others, such as the type and the format, are repeated. */
const GROWING = new Set(['text', 'summary', 'data', 'thinking', 'content', 'signature']);

function joinItems(last: Fields, item: Fields): Fields {
  const joined = new Map(Object.entries(last));
  for (const [name, value] of Object.entries(item)) {
    const before = joined.get(name);
    if (value === null || value === undefined) continue;
    joined.set(
      name,
      GROWING.has(name) && typeof before === 'string' && typeof value === 'string'
        ? before + value
        : value,
    );
  }
  return Object.fromEntries(joined);
}
