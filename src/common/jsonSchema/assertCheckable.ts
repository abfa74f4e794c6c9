import { isRecord } from '../isRecord.js';
import { getOwn } from './resolveReference.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas by their absolute URI, as the checker resolves references. */
export type SchemaLookup = Readonly<Record<string, unknown>>;

/** Maximum work to check a value: a schema that is applied to a value, an option or a name that is compared, 20 characters. */
const MAX_WORK = 250_000;
const CHARACTERS_PER_STEP = 20;
/** Maximum nesting of schemas and values. The checker calls itself for each level. */
const MAX_DEPTH = 400;

interface Walk {
  lookup: SchemaLookup;
  work: number;
}

/**
 * Counts the work of checking a value against a schema, before it is done. Applies each schema to each value once, as the checker
 * does in the worst case.
 *
 * @throws Error if the checker would take too long, or would not end
 */
export function assertCheckable(schema: unknown, lookup: SchemaLookup, value: unknown): void {
  apply({ lookup, work: 0 }, schema, value, 0);
}

function spend(walk: Walk, steps: number): void {
  walk.work += steps;
  if (walk.work > MAX_WORK)
    throw new Error('The value cannot be checked, because its schema has too many combinations.');
}

function apply(walk: Walk, schema: unknown, value: unknown, depth: number): void {
  spend(walk, 1);
  if (depth > MAX_DEPTH)
    throw new Error('The value cannot be checked, because its schema is nested too deeply.');
  if (!isRecord(schema)) return;
  const below = depth + 1;
  spend(walk, countComparisons(schema, value));
  for (const variant of listVariants(walk.lookup, schema)) apply(walk, variant, value, below);
  if (Array.isArray(value)) applyToItems(walk, schema, value, below);
  else if (isRecord(value)) applyToMembers(walk, schema, value, below);
}

/** Counts what the checker compares with a value without applying another schema. */
function countComparisons(schema: JsonSchema, value: unknown): number {
  const { enum: options, const: constant, required, uniqueItems, pattern, format } = schema;
  let count = getLength(options) + getLength(constant) + getLength(required);
  if (typeof value === 'string') {
    // RE2 visits each part of the pattern for each character.
    const size = getLength(pattern) + getLength(format);
    count += (value.length * (1 + size)) / CHARACTERS_PER_STEP;
  }
  if (uniqueItems === true && Array.isArray(value)) count += value.length ** 2 / 2;
  return count;
}

function getLength(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}

/** Lists the schemas that apply to the same value. */
function listVariants(lookup: SchemaLookup, schema: JsonSchema): unknown[] {
  const { $ref, $recursiveRef, allOf, anyOf, oneOf, dependentSchemas, dependencies } = schema;
  // The checker has added the absolute URI of each reference.
  const uri = schema['__absolute_ref__'] ?? $ref;
  return [
    ...(typeof uri === 'string' ? [lookup[uri]] : []),
    ...($recursiveRef === '#' ? [schema] : []),
    ...[allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])),
    ...['not', 'if', 'then', 'else'].map((keyword) => schema[keyword]),
    ...[dependentSchemas, dependencies].flatMap((map) => (isRecord(map) ? Object.values(map) : [])),
  ].filter((variant) => variant !== undefined);
}

function applyToItems(
  walk: Walk,
  schema: JsonSchema,
  value: readonly unknown[],
  depth: number,
): void {
  const { items, additionalItems, unevaluatedItems, contains, prefixItems } = schema;
  const tuple: readonly unknown[] = [prefixItems, items].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  const others = [items, additionalItems, unevaluatedItems, contains].filter(isRecord);
  for (const [index, item] of value.entries()) {
    if (index < tuple.length) apply(walk, tuple[index], item, depth);
    for (const other of others) apply(walk, other, item, depth);
  }
}

function applyToMembers(
  walk: Walk,
  schema: JsonSchema,
  value: Readonly<Record<string, unknown>>,
  depth: number,
): void {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const patterns = isRecord(schema['patternProperties']) ? schema['patternProperties'] : {};
  const { additionalProperties, unevaluatedProperties, propertyNames } = schema;
  const others = [...Object.values(patterns), additionalProperties, unevaluatedProperties];
  spend(walk, Object.keys(properties).length);
  for (const [name, member] of Object.entries(value)) {
    if (Object.hasOwn(properties, name)) apply(walk, getOwn(properties, name), member, depth);
    for (const other of others.filter(isRecord)) apply(walk, other, member, depth);
    if (isRecord(propertyNames)) apply(walk, propertyNames, name, depth);
  }
}
