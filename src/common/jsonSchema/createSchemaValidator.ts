import { dereference, format, validate as check, type Schema } from '@cfworker/json-schema';
import { assertCheckable, type SchemaLookup } from './assertCheckable.js';
import { assertMeasurable } from './assertMeasurable.js';
import { rewritePatterns } from './rewritePatterns.js';
import { selectFindings, type SchemaFinding } from './selectFindings.js';

type JsonSchema = Readonly<Record<string, unknown>>;
/** Returns true if a text matches. */
type Matcher = (text: string) => boolean;

/** Validates values against one schema, in a time that grows linearly with the length of their texts. */
export interface SchemaValidator {
  /** The schema that `keywordLocation` points into: the given one with some patterns rewritten. */
  readonly schema: JsonSchema;
  /**
   * Returns the violated rules. Empty for a valid value.
   *
   * @param value Must be a JSON value, see `toJsonValue`.
   * @throws Error if the schema refers to a definition that does not exist, or if checking the value would take too long
   */
  validate: (value: unknown) => SchemaFinding[];
}

/** Prefix of the formats that stand for patterns. */
const PATTERN_FORMAT = 'pattern ';
/** Maximum length of a pattern with its repetitions written out. */
const MAX_PATTERN_SIZE = 20_000;

/**
 * Creates a validator for a JSON Schema. Interprets the schema, so it works under a Content Security Policy without
 * `unsafe-eval`. Loads RE2 with the first pattern that the engine of the browser may not finish, such as `(a+)+$`. Ignores such
 * patterns in the names of `patternProperties`.
 *
 * @throws Error for a pattern with lookaround or backreferences, which no engine matches in linear time, for a huge
 * pattern, and for a huge schema
 */
export async function createSchemaValidator(schema: JsonSchema): Promise<SchemaValidator> {
  assertMeasurable(schema);
  const patterns = new Set<string>();
  const rewritten = rewritePatterns(schema, (pattern) => {
    patterns.add(pattern);
    return [{ format: PATTERN_FORMAT + pattern }];
  });
  return toValidator(rewritten, await compilePatterns([...patterns]));
}

/**
 * Creates a validator that ignores the patterns that need RE2. Use it until `createSchemaValidator` has resolved, and where a
 * validator is needed synchronously.
 */
export function createPatternlessValidator(schema: JsonSchema): SchemaValidator {
  assertMeasurable(schema);
  return toValidator(
    rewritePatterns(schema, () => []),
    {},
  );
}

function toValidator(
  schema: JsonSchema,
  matchers: Readonly<Record<string, Matcher>>,
): SchemaValidator {
  let lookup: ReturnType<typeof dereference> | undefined;
  return {
    schema,
    validate(value) {
      // The checker ignores keywords that it does not know.
      lookup ??= dereference(schema);
      assertCheckable(schema, lookup satisfies SchemaLookup, value);
      const { errors } = withFormats({ ...matchers, ...timeFormats }, () =>
        check(value, schema as Schema, '2020-12', lookup, false),
      );
      return selectFindings(errors.map(toFinding));
    },
  };
}

/** Adds formats to the table of the checker, which is global, for one synchronous call. */
function withFormats<Result>(
  matchers: Readonly<Record<string, Matcher>>,
  callback: () => Result,
): Result {
  const before = { ...format };
  Object.assign(format, matchers);
  try {
    return callback();
  } finally {
    for (const name of Object.keys(matchers)) delete format[name];
    Object.assign(format, before);
  }
}

/** Accept times without a zone, too, which models, zod, Pydantic and time inputs write. */
const timeFormats = {
  time: acceptWithoutZone(format['time']),
  'date-time': acceptWithoutZone(format['date-time']),
};

function acceptWithoutZone(matches: Matcher | undefined): Matcher {
  return (text) => matches?.(text) === true || matches?.(`${text}Z`) === true;
}

/** Reports a pattern that is checked as a format as a pattern again. */
function toFinding(finding: SchemaFinding): SchemaFinding {
  const pattern = /^String does not match format "pattern (.*)"\.$/s.exec(finding.error)?.[1];
  if (finding.keyword !== 'format' || pattern === undefined) return finding;
  return { ...finding, keyword: 'pattern', error: `String does not match pattern "${pattern}".` };
}

/** Compiles each pattern to a format, because the regular expressions of the checker cannot be replaced otherwise. */
async function compilePatterns(patterns: readonly string[]): Promise<Record<string, Matcher>> {
  if (patterns.length === 0) return {};
  const huge = patterns.find((pattern) => getPatternSize(pattern) > MAX_PATTERN_SIZE);
  if (huge !== undefined)
    throw new Error(
      `The pattern ${huge.slice(0, 40)}… is too large to be matched. Use a shorter one with fewer repetitions.`,
    );
  const { RE2JS } = await import('re2js');
  const compile = (pattern: string): Matcher => {
    try {
      const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
      return (text) => compiled.matcher(text).find();
    } catch (cause) {
      throw new Error(
        `The pattern ${pattern} cannot be matched in linear time: ${String(cause)}. Rewrite it without lookaround and backreferences.`,
        { cause },
      );
    }
  };
  return Object.fromEntries(
    patterns.map((pattern) => [PATTERN_FORMAT + pattern, compile(pattern)]),
  );
}

/** Returns the length of a pattern, times its largest repetition count. RE2 limits the product of nested counts to 1,000. */
function getPatternSize(pattern: string): number {
  let largest = 1;
  for (const [, min, max] of pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g))
    largest = Math.max(largest, Number(min), Number(max ?? 0));
  return pattern.length * Math.min(largest, 1_000);
}
