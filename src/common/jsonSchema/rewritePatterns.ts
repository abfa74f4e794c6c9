import { isRecord } from '../isRecord.js';
import { SCHEMA_MAPS } from './schemaMaps.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Keywords whose value is data, even if it looks like a schema. */
const DATA_KEYWORDS = new Set(['const', 'enum', 'default', 'examples', 'required']);

/**
 * Returns the schema without rules that a backtracking engine may not finish: replaces each such `pattern` with the schemas that
 * `replace` returns, drops such names in `patternProperties`, and checks the format `url` as `uri`.
 */
export function rewritePatterns(
  schema: JsonSchema,
  replace: (pattern: string) => readonly JsonSchema[],
): JsonSchema {
  const { pattern, ...rest } = schema;
  if (typeof pattern !== 'string' || isSafePattern(pattern))
    return rewriteKeywords(schema, replace);
  return addToAllOf(rewriteKeywords(rest, replace), replace(pattern));
}

function rewriteKeywords(
  schema: JsonSchema,
  replace: (pattern: string) => readonly JsonSchema[],
): JsonSchema {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    return isRecord(value) ? rewritePatterns(value, replace) : value;
  };
  const rewrite = (keyword: string, value: unknown): unknown => {
    // The expression of the checker for this format backtracks exponentially on some texts.
    if (keyword === 'format' && value === 'url') return 'uri';
    if (DATA_KEYWORDS.has(keyword)) return value;
    if (!SCHEMA_MAPS.has(keyword) || !isRecord(value)) return visit(value);
    const entries = Object.entries(value)
      .filter(([name]) => keyword !== 'patternProperties' || isSafePattern(name))
      .map(([name, subschema]) => [name, visit(subschema)] as const);
    return Object.fromEntries(entries);
  };
  // Object.fromEntries defines own properties, so that a key `__proto__` does not change the prototype.
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword, rewrite(keyword, value)]),
  );
}

function addToAllOf(schema: JsonSchema, added: readonly JsonSchema[]): JsonSchema {
  if (added.length === 0) return schema;
  const allOf: readonly unknown[] = Array.isArray(schema['allOf']) ? schema['allOf'] : [];
  return { ...schema, allOf: [...allOf, ...added] };
}

/**
 * Returns true if a backtracking engine matches the pattern in linear time: it repeats nothing, or a single atom in an anchored
 * pattern without groups and alternatives.
 */
export function isSafePattern(pattern: string): boolean {
  const repetitions = pattern.match(/[*+?|]|\{\d*,/g) ?? [];
  return (
    repetitions.length === 0 ||
    (repetitions.length === 1 && pattern.startsWith('^') && !/[(|]/.test(pattern))
  );
}
