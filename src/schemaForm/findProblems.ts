import type { SchemaValidator } from '../common/jsonSchema/createSchemaValidator.js';
import { describeCheckFailure } from '../common/jsonSchema/describeCheckFailure.js';
import { getOwn, resolveReference } from '../common/jsonSchema/resolveReference.js';
import type { SchemaFinding } from '../common/jsonSchema/selectFindings.js';
import { toJsonValue } from '../common/jsonSchema/toJsonValue.js';
import { parsePointer } from '../common/parsePointer.js';
import type { ComponentTexts } from '../components/i18n/ComponentTexts.js';
import type { JsonSchema, SchemaIssue } from '../protocol/ToolCall.js';

type FormTexts = ComponentTexts['form'];

/** Returns the problems of a value in the language of the tree: at most one for each field, in the order of the form. */
export function findProblems(
  { schema, validate }: SchemaValidator,
  value: unknown,
  texts: FormTexts,
): SchemaIssue[] {
  let json: unknown;
  let findings: readonly SchemaFinding[];
  try {
    json = toJsonValue(value);
    findings = validate(json);
  } catch (error) {
    return [{ message: describeCheckFailure(error), path: [] }];
  }
  const problems = new Map<string, SchemaIssue>();
  for (const finding of findings) {
    const problem = toProblem(finding, schema, json, texts);
    const key = problem.path.join('/');
    if (!problems.has(key)) problems.set(key, problem);
  }
  return [...problems.values()].toSorted((one, other) =>
    compareFields(schema, one.path, other.path),
  );
}

function toProblem(
  finding: SchemaFinding,
  schema: JsonSchema,
  json: unknown,
  texts: FormTexts,
): SchemaIssue {
  const path = parsePointer(finding.instanceLocation);
  // The checker reports the object. The problem belongs to the field.
  if (REQUIRED_KEYWORDS.has(finding.keyword))
    return { message: texts.invalid.required, path: addName(path, finding) };
  if (finding.keyword === 'additionalProperties')
    return { message: texts.invalid.extra, path: addName(path, finding) };
  // A new array item is undefined, which JSON represents as null.
  const isEmpty = VALUE_KEYWORDS.has(finding.keyword) && path.reduce(getOwn, json) === null;
  const rule = getRule(schema, finding.keywordLocation);
  const message = isEmpty ? texts.invalid.required : getMessage(finding.keyword, rule, texts);
  return { message, path };
}

/** Keywords that say which values are accepted. */
const VALUE_KEYWORDS = new Set(['type', 'enum', 'const', 'anyOf', 'oneOf']);
const REQUIRED_KEYWORDS = new Set(['required', 'dependentRequired', 'dependencies']);
/** Begin of a finding of the checker that ends with the name of the missing member. */
const MISSING_DEPENDENCY = /^Instance has ".*" but does not have /s;

/** Adds the name of the member that the checker reports in the text of the finding. */
function addName(path: SchemaIssue['path'], { error }: SchemaFinding): SchemaIssue['path'] {
  const name = /"(.*)"/s.exec(error.replace(MISSING_DEPENDENCY, ''))?.[1];
  return name === undefined ? path : [...path, name];
}

function getMessage(keyword: string, rule: unknown, texts: FormTexts): string {
  // A required text that is empty was not filled in.
  if (keyword === 'minLength' && rule === 1) return texts.invalid.required;
  const invalid = INVALID_TEXTS[keyword];
  if (invalid !== undefined) return texts.invalid[invalid];
  const limit = LIMIT_TEXTS[keyword];
  return limit === undefined ? texts.invalid.other : texts.limit[limit](String(rule));
}

const INVALID_TEXTS: Readonly<Record<string, keyof FormTexts['invalid']>> = {
  type: 'type',
  enum: 'choice',
  const: 'choice',
  anyOf: 'choice',
  oneOf: 'choice',
  format: 'format',
  pattern: 'pattern',
  uniqueItems: 'unique',
  unevaluatedProperties: 'extra',
};

const LIMIT_TEXTS: Readonly<Record<string, keyof FormTexts['limit']>> = {
  minLength: 'short',
  maxLength: 'long',
  minimum: 'small',
  exclusiveMinimum: 'small',
  maximum: 'large',
  exclusiveMaximum: 'large',
  minItems: 'few',
  minProperties: 'few',
  maxItems: 'many',
  maxProperties: 'many',
};

/** Compares two fields by their positions in the form. Fields that `properties` does not name, as in a union, come last. */
function compareFields(
  schema: JsonSchema,
  one: SchemaIssue['path'],
  other: SchemaIssue['path'],
): number {
  let subschema: unknown = schema;
  for (const [index, key] of one.entries()) {
    const reference = getOwn(subschema, '$ref');
    if (typeof reference === 'string') subschema = resolveReference(schema, reference);
    const properties = getOwn(subschema, 'properties');
    const otherKey = other[index];
    if (otherKey === undefined) return 1;
    if (key !== otherKey) {
      const names = listKeys(properties);
      return getRank(names, key) - getRank(names, otherKey);
    }
    subschema = getOwn(properties, String(key)) ?? getOwn(subschema, 'items');
  }
  return one.length - other.length;
}

/** Returns the position of a field among the named ones. Others follow, array items by their index. */
function getRank(names: readonly string[], key: string | number): number {
  const position = names.indexOf(String(key));
  return position === -1 ? names.length + (Number(key) || 0) : position;
}

/** Returns the value of a rule, following the references in its location. */
function getRule(schema: JsonSchema, keywordLocation: string): unknown {
  return parsePointer(keywordLocation).reduce<unknown>((subschema, key) => {
    const next = getOwn(subschema, key);
    const isReference = key === '$ref' && typeof next === 'string' && next.startsWith('#');
    return isReference ? resolveReference(schema, next) : next;
  }, schema);
}

function listKeys(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
