import { Validator, type OutputUnit } from '@cfworker/json-schema';
import type { ComponentTexts } from '../components/i18n/texts.js';
import type { JsonSchemaObject, ValueIssue } from '../components/tools/toolCallView.js';
import { PATTERN_FORMAT } from '../common/jsonSchema/createSchemaValidator.js';
import { parsePointer, selectFindings } from '../common/jsonSchema/schemaErrors.js';

/**
 * What is wrong with a value, in the language of the tree, each at the field that has to change. One for each field,
 * in the order of the form.
 *
 * @param schema bounded, or without patterns
 */
export function findProblems(
  schema: JsonSchemaObject,
  value: unknown,
  texts: ComponentTexts['form'],
): ValueIssue[] {
  let findings: OutputUnit[];
  let plain: unknown;
  try {
    // An entry of a list that has yet to be filled in is undefined, which JSON does not have.
    plain = JSON.parse(JSON.stringify(value) ?? 'null');
    findings = new Validator(schema, '2020-12', false).validate(plain).errors;
  } catch (error) {
    return [{ message: String(error), path: [] }];
  }
  const problems = new Map<string, ValueIssue>();
  for (const finding of selectFindings(findings)) {
    const path = parsePointer(finding.instanceLocation);
    const missing = finding.keyword === 'required' ? /"(.*)"/s.exec(finding.error)?.[1] : undefined;
    if (missing !== undefined) path.push(missing);
    const key = path.join('/');
    if (problems.has(key)) continue;
    const isMissing =
      missing === undefined && finding.keyword === 'type' && path.reduce(at, plain) === null;
    const message = isMissing
      ? texts.invalid.required
      : wordsFor(finding, ruleAt(schema, finding.keywordLocation), texts);
    problems.set(key, { message, path });
  }
  return [...problems.values()].toSorted((one, other) =>
    comparePlaces(schema, one.path, other.path),
  );
}

/** Which of two fields a form shows first. What a schema does not name in one place, as in a union, comes last. */
function comparePlaces(
  root: JsonSchemaObject,
  one: ValueIssue['path'],
  other: ValueIssue['path'],
): number {
  let place: unknown = root;
  for (const [index, key] of one.entries()) {
    const reference = at(place, '$ref');
    if (typeof reference === 'string') place = parsePointer(reference).reduce<unknown>(at, root);
    const properties = at(place, 'properties');
    if (key !== other[index]) {
      const names = Object.keys(
        typeof properties === 'object' && properties !== null ? properties : {},
      );
      const rank = (name: string | number | undefined) =>
        names.indexOf(String(name)) +
        (names.includes(String(name)) ? 0 : names.length + 1 + (Number(name) || 0));
      return other[index] === undefined ? 1 : rank(key) - rank(other[index]);
    }
    place = at(properties, String(key)) ?? at(place, 'items');
  }
  return one.length - other.length;
}

function wordsFor(
  { keyword }: OutputUnit,
  rule: unknown,
  { invalid, limit }: ComponentTexts['form'],
): string {
  const number = String(rule);
  switch (keyword) {
    case 'required':
      return invalid.required;
    case 'type':
      return invalid.type;
    case 'enum':
    case 'const':
    case 'anyOf':
    case 'oneOf':
      return invalid.choice;
    case 'format':
      return number.startsWith(PATTERN_FORMAT) ? invalid.pattern : invalid.format;
    case 'pattern':
      return invalid.pattern;
    case 'uniqueItems':
      return invalid.unique;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return invalid.extra;
    case 'minLength':
      // An empty text is a field that has not been filled in.
      return rule === 1 ? invalid.required : limit.short(number);
    case 'maxLength':
      return limit.long(number);
    case 'minimum':
    case 'exclusiveMinimum':
      return limit.small(number);
    case 'maximum':
    case 'exclusiveMaximum':
      return limit.large(number);
    case 'minItems':
    case 'minProperties':
      return limit.few(number);
    case 'maxItems':
    case 'maxProperties':
      return limit.many(number);
    default:
      return invalid.other;
  }
}

/** What stands under a keyword, through the references on the way. */
function ruleAt(schema: JsonSchemaObject, keywordLocation: string): unknown {
  return parsePointer(keywordLocation).reduce<unknown>((place, key) => {
    const next = at(place, key);
    const isReference = key === '$ref' && typeof next === 'string' && next.startsWith('#');
    return isReference ? parsePointer(next).reduce<unknown>(at, schema) : next;
  }, schema);
}

function at(from: unknown, key: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined;
}
