import { isRecord } from '../common/isRecord.js';
import type { JsonSchema } from '../protocol/ToolCall.js';

/** Deeper parts stay as they are. A form is never as deep. */
const MAX_DEPTH = 400;
/** Keywords whose value is data, even if it looks like a schema. */
const DATA_KEYWORDS = new Set(['const', 'enum', 'default', 'examples']);

interface Ordered<Value> {
  value: Value;
  hasReference: boolean;
}

/**
 * Returns an equivalent schema whose unions begin with the options without references. The form starts with the first option of a
 * union, so that a list such as `{ next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } }` would have no end otherwise.
 */
export function orderUnions(schema: JsonSchema): JsonSchema {
  return orderMembers(schema, 0).value;
}

function orderMembers(schema: JsonSchema, depth: number): Ordered<JsonSchema> {
  let hasReference = '$ref' in schema;
  const members = Object.entries(schema).map(([keyword, member]) => {
    if (DATA_KEYWORDS.has(keyword)) return [keyword, member] as const;
    const isUnion = keyword === 'anyOf' || keyword === 'oneOf';
    const ordered = order(member, depth + 1, isUnion);
    hasReference ||= ordered.hasReference;
    return [keyword, ordered.value] as const;
  });
  // The form library does not report the value of an option that is null without it.
  if (schema['type'] === 'null' && !('default' in schema)) members.push(['default', null]);
  // Defines own properties, so that a key `__proto__` does not change the prototype.
  return { value: Object.fromEntries(members), hasReference };
}

function order(value: unknown, depth: number, isUnion: boolean): Ordered<unknown> {
  if (depth > MAX_DEPTH) return { value, hasReference: true };
  if (isRecord(value)) return orderMembers(value, depth);
  if (!Array.isArray(value)) return { value, hasReference: false };
  const items = value.map((item: unknown) => order(item, depth + 1, false));
  const sorted = isUnion
    ? items.toSorted((one, other) => Number(one.hasReference) - Number(other.hasReference))
    : items;
  return {
    value: sorted.map((item) => item.value),
    hasReference: items.some((item) => item.hasReference),
  };
}
