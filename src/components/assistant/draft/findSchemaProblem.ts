import { isRecord } from '../../../common/isRecord.js';
import { resolveReference } from '../../../common/jsonSchema/resolveReference.js';

/** Mistake in a JSON Schema, and the names that lead to it. */
export interface SchemaProblem {
  kind: 'type' | 'pattern' | 'reference' | 'keyword';
  path: readonly string[];
}

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
/** Keywords whose value maps names to schemas. */
const SCHEMA_MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const SCHEMA_LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const SCHEMAS = [
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
];
const TEXT_LISTS = ['required'];
const LISTS = ['enum', ...SCHEMA_LISTS];
/** The rest of a larger schema is left to the server: the check must not block the page. */
const MAX_SCHEMAS = 20_000;

interface Walk {
  root: unknown;
  count: number;
}

/**
 * Returns the first mistake in a JSON Schema: an unknown type, a pattern that is not a regular expression, a reference to a
 * definition that does not exist, or a keyword with a value of the wrong kind. Schemas may refer to themselves.
 */
export function findSchemaProblem(schema: unknown): SchemaProblem | undefined {
  return visit({ root: schema, count: 0 }, schema, []);
}

function visit(walk: Walk, schema: unknown, path: readonly string[]): SchemaProblem | undefined {
  walk.count += 1;
  if (walk.count > MAX_SCHEMAS || typeof schema === 'boolean') return undefined;
  if (!isRecord(schema)) return { kind: 'keyword', path };
  const problem = checkKeywords(walk, schema, path);
  if (problem) return problem;
  for (const [subschema, keys] of listSubschemas(schema)) {
    const found = visit(walk, subschema, [...path, ...keys]);
    if (found) return found;
  }
  return undefined;
}

function checkKeywords(
  { root }: Walk,
  schema: Record<string, unknown>,
  path: readonly string[],
): SchemaProblem | undefined {
  const { type, pattern, $ref, patternProperties } = schema;
  if (type !== undefined && !isType(type)) return { kind: 'type', path: [...path, 'type'] };
  if (pattern !== undefined && !isPattern(pattern))
    return { kind: 'pattern', path: [...path, 'pattern'] };
  const wrongName = isRecord(patternProperties)
    ? Object.keys(patternProperties).find((name) => !isPattern(name))
    : undefined;
  if (wrongName !== undefined)
    return { kind: 'pattern', path: [...path, 'patternProperties', wrongName] };
  if (typeof $ref === 'string' && isMissing(root, $ref))
    return { kind: 'reference', path: [...path, '$ref'] };
  const keyword = findWrongKeyword(schema);
  return keyword === undefined ? undefined : { kind: 'keyword', path: [...path, keyword] };
}

function findWrongKeyword(schema: Record<string, unknown>): string | undefined {
  const find = (keywords: readonly string[], isValid: (value: unknown) => boolean) =>
    keywords.find((keyword) => schema[keyword] !== undefined && !isValid(schema[keyword]));
  return (
    find(SCHEMA_MAPS, isRecord) ??
    find(LISTS, Array.isArray) ??
    find(
      TEXT_LISTS,
      (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
    )
  );
}

function listSubschemas(schema: Record<string, unknown>): [schema: unknown, keys: string[]][] {
  const maps = SCHEMA_MAPS.flatMap((keyword) => {
    const map = schema[keyword];
    return isRecord(map)
      ? Object.entries(map).map(([name, value]) => [value, [keyword, name]] as [unknown, string[]])
      : [];
  });
  const lists = [...SCHEMA_LISTS, 'items'].flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list)
      ? list.map((value, index) => [value, [keyword, String(index)]] as [unknown, string[]])
      : [];
  });
  const single = SCHEMAS.filter((keyword) => {
    const value = schema[keyword];
    return value !== undefined && !Array.isArray(value);
  }).map((keyword) => [schema[keyword], [keyword]] as [unknown, string[]]);
  return [...maps, ...lists, ...single];
}

function isType(type: unknown): boolean {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types.every((name) => typeof name === 'string' && TYPES.has(name));
}

function isPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false;
  try {
    // Only compiled, never matched.
    void new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Other references, such as those to anchors and other documents, are left to the server. */
function isMissing(root: unknown, reference: string): boolean {
  const isPointer = reference === '#' || reference.startsWith('#/');
  return isPointer && resolveReference(root, reference) === undefined;
}
