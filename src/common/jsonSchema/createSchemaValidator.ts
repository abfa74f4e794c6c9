import { format } from '@cfworker/json-schema';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Keywords that hold schemas by name, and keywords that hold values. */
const MAPS = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependencies',
]);
const VALUES = new Set(['const', 'enum', 'default', 'examples', 'required']);

/** What begins the name of a format that stands for a pattern. */
export const PATTERN_FORMAT = 'pattern ';

/**
 * A JSON Schema that says the same and can be validated in a time that grows with the value. A pattern such as `(a+)+$` keeps
 * the regular expressions of a browser busy for ever; here RE2 matches it, which is fetched when a pattern first needs it.
 * Left out are patterns of property names that would need it too.
 *
 * @throws Error for a pattern that looks around itself or refers back: no engine matches those in bounded time
 */
export async function createSchemaValidator(schema: JsonSchema): Promise<JsonSchema> {
  const patterns = new Set<string>();
  const bounded = mapPatterns(schema, (pattern) => {
    patterns.add(pattern);
    return [{ format: PATTERN_FORMAT + pattern }];
  });
  const unknown = [...patterns].filter((pattern) => !(PATTERN_FORMAT + pattern in format));
  if (unknown.length === 0) return bounded;
  const { RE2JS } = await import('re2js');
  for (const pattern of unknown) {
    try {
      const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
      format[PATTERN_FORMAT + pattern] = (text) => compiled.matcher(text).find();
    } catch (cause) {
      throw new Error(
        `The pattern ${pattern} cannot be matched: ${String(cause)}. Describe it without lookaround and references.`,
        { cause },
      );
    }
  }
  return bounded;
}

/** The schema without the patterns that RE2 would have to match. */
export function withoutPatterns(schema: JsonSchema): JsonSchema {
  return mapPatterns(schema, () => []);
}

function mapPatterns(
  schema: JsonSchema,
  instead: (pattern: string) => readonly JsonSchema[],
): JsonSchema {
  const visit = (place: unknown): unknown => {
    if (Array.isArray(place)) return place.map(visit);
    return isObject(place) ? mapPatterns(place, instead) : place;
  };
  const { pattern, ...entries } = schema;
  const isHeavy = typeof pattern === 'string' && !isLight(pattern);
  const mapped = Object.entries(isHeavy ? entries : schema).map(
    ([keyword, rule]): [string, unknown] => {
      // The validator's own expression for this one does not end on some texts.
      if (keyword === 'format' && rule === 'url') return [keyword, 'uri'];
      if (VALUES.has(keyword)) return [keyword, rule];
      if (!MAPS.has(keyword) || !isObject(rule)) return [keyword, visit(rule)];
      const named = Object.entries(rule).filter(
        ([name]) => keyword !== 'patternProperties' || isLight(name),
      );
      return [keyword, Object.fromEntries(named.map(([name, part]) => [name, visit(part)]))];
    },
  );
  const whole: JsonSchema = Object.fromEntries(mapped);
  const added = isHeavy ? instead(pattern) : [];
  const { allOf } = whole;
  return added.length > 0
    ? { ...whole, allOf: [...(Array.isArray(allOf) ? (allOf as unknown[]) : []), ...added] }
    : whole;
}

/** Whether there is one way at most to go on at each place: nothing repeats, or one thing alone after the beginning. */
function isLight(pattern: string): boolean {
  const repeated = pattern.match(/[*+?|]|\{\d*,/g) ?? [];
  return (
    repeated.length === 0 ||
    (repeated.length === 1 && pattern.startsWith('^') && !/[(|]/.test(pattern))
  );
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
