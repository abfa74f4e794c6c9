import { isRecord } from '../common/isRecord.js';
import { SCHEMA_MAPS } from '../common/jsonSchema/schemaMaps.js';
import type { JsonSchema } from '../protocol/ToolCall.js';
import { setDefaults } from './setDefaults.js';
import { mergeOptions, splitTypes } from './toFormUnion.js';

/** Deeper parts stay as they are. A form is never as deep. */
const MAX_DEPTH = 400;
/** Keywords whose value is a schema or a list of schemas. */
const SCHEMAS = new Set([
  'items',
  'prefixItems',
  'additionalItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
]);
/** Keywords that say which members an object has. */
const MEMBER_KEYWORDS = [
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  '$ref',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  'dependencies',
  'enum',
  'const',
];
/** The form library renders no field for a schema without keywords, and one with a choice of types for this. */
const ANY_VALUE: JsonSchema = { $comment: 'Any value.' };

/**
 * Returns the schema in the keywords that the form library knows, which are those of draft 7: tuples and dependencies of draft
 * 2020-12, values of several types, and values of any type. Use the original to validate.
 */
export function toFormSchema(schema: JsonSchema): JsonSchema {
  return convertSchema(schema, schema, 0);
}

function convertSchema(schema: JsonSchema, root: JsonSchema, depth: number): JsonSchema {
  if (depth > MAX_DEPTH) return schema;
  // Object.fromEntries defines own properties, so that a key `__proto__` does not change the prototype.
  const converted = Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      convertKeyword(keyword, value, root, depth + 1),
    ]),
  );
  const renamed = openObject(renameDependencies(renameTuple(converted)));
  return setDefaults(mergeOptions(splitTypes(renamed), root));
}

function convertKeyword(keyword: string, value: unknown, root: JsonSchema, depth: number): unknown {
  if (SCHEMA_MAPS.has(keyword) && isRecord(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== false)
        .map(([name, member]) => [name, convertMember(member, root, depth)]),
    );
  if (!SCHEMAS.has(keyword)) return value;
  if (Array.isArray(value)) return convertList(value, root, depth);
  return keyword === 'additionalProperties' && value === true
    ? value
    : convertMember(value, root, depth);
}

/** Converts a list of schemas without those that no value matches, for which the form library has no field. */
function convertList(list: readonly unknown[], root: JsonSchema, depth: number): unknown[] {
  return list
    .filter((member) => member !== false)
    .map((member) => convertMember(member, root, depth));
}

/** Converts a member of a map or list of schemas. Other values, such as the names in `dependencies`, stay as they are. */
function convertMember(member: unknown, root: JsonSchema, depth: number): unknown {
  if (member === true) return ANY_VALUE;
  if (!isRecord(member)) return member;
  return Object.keys(member).length === 0 ? ANY_VALUE : convertSchema(member, root, depth);
}

function renameTuple(schema: JsonSchema): JsonSchema {
  const { prefixItems, items, ...rest } = schema;
  if (!Array.isArray(prefixItems)) return schema;
  return { ...rest, items: prefixItems, ...(items !== undefined && { additionalItems: items }) };
}

function renameDependencies(schema: JsonSchema): JsonSchema {
  const { dependentSchemas, dependentRequired, ...rest } = schema;
  if (!isRecord(dependentSchemas) && !isRecord(dependentRequired)) return schema;
  const dependencies: Record<string, unknown> = { ...toRecord(rest['dependencies']) };
  for (const [name, required] of Object.entries(toRecord(dependentRequired)))
    dependencies[name] = required;
  for (const [name, subschema] of Object.entries(toRecord(dependentSchemas))) {
    const required = dependencies[name];
    dependencies[name] =
      Array.isArray(required) && isRecord(subschema)
        ? { ...subschema, required: [...toList(subschema['required']), ...toList(required)] }
        : subschema;
  }
  return { ...rest, dependencies };
}

/** Lets the user add members to an object whose schema says nothing about them. */
function openObject(schema: JsonSchema): JsonSchema {
  const isOpen = schema['type'] === 'object' && !MEMBER_KEYWORDS.some((name) => name in schema);
  return isOpen ? { ...schema, additionalProperties: true } : schema;
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
