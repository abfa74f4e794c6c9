import { isRecord } from '../common/isRecord.js';
import type { JsonSchema } from '../protocol/ToolCall.js';

/** Deeper parts stay as they are. A form is never as deep. */
const MAX_DEPTH = 400;
/** Keywords whose value maps names to schemas. */
const SCHEMA_MAPS = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependencies',
]);
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
/** The form library renders no field for a schema without keywords, and one with a choice of types for this. */
const ANY_VALUE: JsonSchema = { $comment: 'Any value.' };

/**
 * Returns the schema in the keywords that the form library knows, which are those of draft 7: tuples and dependencies of draft
 * 2020-12, values that may be null, and values of any type. Use the original to validate.
 */
export function toFormSchema(schema: JsonSchema): JsonSchema {
  return convertSchema(schema, 0);
}

function convertSchema(schema: JsonSchema, depth: number): JsonSchema {
  if (depth > MAX_DEPTH) return schema;
  // Object.fromEntries defines own properties, so that a key `__proto__` does not change the prototype.
  const converted = Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      convertKeyword(keyword, value, depth + 1),
    ]),
  );
  return setDefaults(mergeOptions(renameDependencies(renameTuple(converted))));
}

function convertKeyword(keyword: string, value: unknown, depth: number): unknown {
  if (SCHEMA_MAPS.has(keyword) && isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, convertMember(member, depth)]),
    );
  if (!SCHEMAS.has(keyword)) return value;
  if (Array.isArray(value)) return value.map((member) => convertMember(member, depth));
  return isRecord(value) ? convertSchema(value, depth) : value;
}

/** Converts a member of a map or list of schemas. Other values, such as the names in `dependencies`, stay as they are. */
function convertMember(member: unknown, depth: number): unknown {
  if (member === true) return ANY_VALUE;
  if (!isRecord(member)) return member;
  return Object.keys(member).length === 0 ? ANY_VALUE : convertSchema(member, depth);
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

/** Simplifies a union, so that the form needs no selection of an option, or a readable one. */
function mergeOptions(schema: JsonSchema): JsonSchema {
  const keyword = schema['anyOf'] === undefined ? 'oneOf' : 'anyOf';
  const { [keyword]: options, ...rest } = schema;
  if (!Array.isArray(options) || !options.every(isRecord)) return schema;
  return (
    mergeConstants(options, rest) ??
    mergeNull(options, rest) ?? { ...rest, [keyword]: options.map(nameOption) }
  );
}

/** Turns options that are constants into one list of choices. */
function mergeConstants(options: readonly JsonSchema[], rest: JsonSchema): JsonSchema | undefined {
  if (options.length === 0 || !options.every((option) => 'const' in option)) return undefined;
  const types = [...new Set(options.map((option) => typeof option['const']))];
  const type = rest['type'] ?? (types.length === 1 ? types[0] : undefined);
  if (type !== 'object' && typeof type === 'string') return { ...rest, type, oneOf: options };
  return undefined;
}

/** Gives an option without a title the name of its type. */
function nameOption(option: JsonSchema): JsonSchema {
  const { type, title, $ref } = option;
  const isNamed = title !== undefined || $ref !== undefined || typeof type !== 'string';
  return isNamed ? option : { ...option, title: type };
}

/** Turns `anyOf: [{ type: 'string' }, { type: 'null' }]` into a string that may be null, so that no type has to be chosen. */
function mergeNull(options: readonly JsonSchema[], rest: JsonSchema): JsonSchema | undefined {
  const others = options.filter(({ type }) => type !== 'null');
  const [option] = others;
  if (options.length !== 2 || others.length !== 1 || rest['type'] !== undefined) return undefined;
  const type = option?.['type'];
  if (type !== 'string' && type !== 'number' && type !== 'integer') return undefined;
  return { ...option, ...rest, type: [type, 'null'] };
}

/**
 * Sets the defaults of properties without one: null for a required one that may be null, because an empty field stands
 * for it, and undefined for an optional tuple, which would get empty items otherwise.
 */
function setDefaults(schema: JsonSchema): JsonSchema {
  const { properties } = schema;
  if (!isRecord(properties)) return schema;
  const required = new Set(toList(schema['required']));
  const entries = Object.entries(properties).map(([name, property]) => {
    if (!isRecord(property) || 'default' in property) return [name, property] as const;
    const isRequired = required.has(name);
    if (isRequired && acceptsNull(property)) return [name, { ...property, default: null }] as const;
    if (!isRequired && Array.isArray(property['items']))
      return [name, { ...property, default: undefined }] as const;
    return [name, property] as const;
  });
  return { ...schema, properties: Object.fromEntries(entries) };
}

/** Returns true for a schema of a text or a number that may be null. */
export function acceptsNull(schema: unknown): schema is JsonSchema {
  const types = toList(isRecord(schema) ? schema['type'] : undefined);
  return (
    types.includes('null') && ['string', 'number', 'integer'].some((type) => types.includes(type))
  );
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
