import { format, Validator } from '@cfworker/json-schema';
import { rewritePatterns } from './rewritePatterns.js';
import { selectFindings, type SchemaFinding } from './selectFindings.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Validates values against one schema, in a time that grows linearly with the length of their texts. */
export interface SchemaValidator {
  /** The schema that `keywordLocation` points into: the given one with some patterns rewritten. */
  readonly schema: JsonSchema;
  /**
   * Returns the violated rules. Empty for a valid value.
   *
   * @param value Must be a JSON value, see `toJsonValue`.
   * @throws Error if the schema refers to a definition that does not exist
   */
  validate: (value: unknown) => SchemaFinding[];
}

/** Prefix of the formats that stand for patterns. */
const PATTERN_FORMAT = 'pattern ';

/**
 * Creates a validator for a JSON Schema. Interprets the schema, so it works under a Content Security Policy without
 * `unsafe-eval`. Loads RE2 with the first pattern that the engine of the browser may not finish, such as `(a+)+$`. Ignores such
 * patterns in the names of `patternProperties`.
 *
 * @throws Error for a pattern with lookaround or backreferences, which no engine matches in linear time
 */
export async function createSchemaValidator(schema: JsonSchema): Promise<SchemaValidator> {
  const patterns = new Set<string>();
  const rewritten = rewritePatterns(schema, (pattern) => {
    patterns.add(pattern);
    return [{ format: PATTERN_FORMAT + pattern }];
  });
  await registerPatternFormats(
    [...patterns].filter((pattern) => !(PATTERN_FORMAT + pattern in format)),
  );
  return toValidator(rewritten);
}

/**
 * Creates a validator that ignores the patterns that need RE2. Use it until `createSchemaValidator` has resolved, and where a
 * validator is needed synchronously.
 */
export function createPatternlessValidator(schema: JsonSchema): SchemaValidator {
  return toValidator(rewritePatterns(schema, () => []));
}

function toValidator(schema: JsonSchema): SchemaValidator {
  return {
    schema,
    validate: (value) =>
      selectFindings(new Validator(schema, '2020-12', false).validate(value).errors.map(toFinding)),
  };
}

/** Reports a pattern that is checked as a format as a pattern again. */
function toFinding(finding: SchemaFinding): SchemaFinding {
  const pattern = /^String does not match format "pattern (.*)"\.$/s.exec(finding.error)?.[1];
  if (finding.keyword !== 'format' || pattern === undefined) return finding;
  return { ...finding, keyword: 'pattern', error: `String does not match pattern "${pattern}".` };
}

/** Registers each pattern as a format of the checker, which cannot replace its regular expressions otherwise. */
async function registerPatternFormats(patterns: readonly string[]): Promise<void> {
  if (patterns.length === 0) return;
  const { RE2JS } = await import('re2js');
  for (const pattern of patterns) {
    try {
      const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
      format[PATTERN_FORMAT + pattern] = (text) => compiled.matcher(text).find();
    } catch (cause) {
      throw new Error(
        `The pattern ${pattern} cannot be matched in linear time: ${String(cause)}. Rewrite it without lookaround and backreferences.`,
        { cause },
      );
    }
  }
}
