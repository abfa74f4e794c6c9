import { isRecord } from '../../../common/isRecord.js';
import { parsePointer } from '../../../common/parsePointer.js';
import {
  badRequest,
  type HttpError,
  invalidType,
  invalidValue,
  missingParameter,
  shorten,
  unknownParameter,
} from '../../domain/errors.js';
import type { Violation } from './findViolation.js';

/** Creates the error response of a violation, with the messages of the original API. */
export function describeViolation(violation: Violation): HttpError {
  const { keyword, location, rule, value } = violation;
  const param = toParam(location);
  if (violation.isPropertyName) return describePropertyName(param, rule);
  switch (keyword) {
    case 'required':
      return describeMissing(param, rule, value);
    case 'false':
      return unknownParameter(param);
    case 'type':
      return describeType(param, rule, value);
    case 'enum':
      return invalidValue(param, String(value), toStrings(rule));
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return describeSize(param, violation, 'minimum');
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return describeSize(param, violation, 'maximum');
    case 'minimum':
    case 'maximum':
      return describeRange(param, keyword, rule, value);
    case 'pattern':
      return badRequest(
        `Invalid '${shorten(param)}': string does not match pattern. Expected a string that matches the pattern '${String(rule)}'.`,
        { param, code: 'invalid_value' },
      );
    default:
      return badRequest(`Invalid '${shorten(param)}': the value is not allowed here.`, {
        param,
        code: 'invalid_value',
      });
  }
}

function describePropertyName(param: string, rule: unknown): HttpError {
  return badRequest(
    `Invalid '${shorten(param)}': the name of the property is too long. Expected a name with maximum length ${String(rule)}.`,
    { param, code: 'string_above_max_length' },
  );
}

function describeMissing(param: string, rule: unknown, value: unknown): HttpError {
  const isMissing = (name: string) => !isRecord(value) || !Object.hasOwn(value, name);
  const name = toStrings(rule).find(isMissing) ?? '';
  return missingParameter(param === '' ? name : `${param}.${name}`);
}

function describeType(param: string, rule: unknown, value: unknown): HttpError {
  const names = [...new Set(toStrings(rule))].map((name) => TYPE_NAMES.get(name) ?? name);
  const expected =
    names.length === 1
      ? names.join()
      : `one of ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  const actual = getTypeName(value);
  if (param !== '') return invalidType(param, expected, actual);
  return badRequest(
    `Invalid type for the request body: expected ${expected}, but got ${actual} instead.`,
    { code: 'invalid_type' },
  );
}

function describeRange(
  param: string,
  keyword: 'minimum' | 'maximum',
  rule: unknown,
  value: unknown,
): HttpError {
  const kind = Number.isInteger(value) ? 'integer' : 'decimal';
  const { relation, operator, code } =
    keyword === 'minimum'
      ? { relation: 'below minimum', operator: '>=', code: 'below_min' }
      : { relation: 'above maximum', operator: '<=', code: 'above_max' };
  return badRequest(
    `Invalid '${shorten(param)}': ${kind} ${relation} value. Expected a value ${operator} ${String(rule)}, but got ${String(value)} instead.`,
    { param, code: `${kind}_${code}_value` },
  );
}

/** Size of a value, with the words of the error message. */
interface Size {
  kind: 'string' | 'array' | 'object';
  measure: string;
  /** Last word of the error code. */
  unit: string;
  tooSmall: string;
  tooLarge: string;
  actual: number;
}

function describeSize(
  param: string,
  { keyword, rule, value }: Violation,
  bound: 'minimum' | 'maximum',
): HttpError {
  const { kind, measure, unit, tooSmall, tooLarge, actual } = measureValue(keyword, value);
  const type = TYPE_NAMES.get(kind);
  const problem = bound === 'minimum' ? tooSmall : tooLarge;
  return badRequest(
    `Invalid '${shorten(param)}': ${kind} ${problem}. Expected ${type} with ${bound} ${measure} ${String(rule)}, but got ${type} with ${measure} ${actual} instead.`,
    { param, code: `${kind}_${bound === 'minimum' ? 'below_min' : 'above_max'}_${unit}` },
  );
}

function measureValue(keyword: string, value: unknown): Size {
  if (keyword.endsWith('Properties')) {
    return {
      kind: 'object',
      measure: 'number of properties',
      unit: 'properties',
      tooSmall: 'has too few properties',
      tooLarge: 'has too many properties',
      actual: isRecord(value) ? Object.keys(value).length : 0,
    };
  }
  const words = {
    measure: 'length',
    unit: 'length',
    tooSmall: 'too short',
    tooLarge: 'too long',
  };
  if (keyword.endsWith('Items'))
    return { kind: 'array', ...words, actual: Array.isArray(value) ? value.length : 0 };
  // JSON Schema counts code points.
  return {
    kind: 'string',
    ...words,
    actual: typeof value === 'string' ? Array.from(value).length : 0,
  };
}

const TYPE_NAMES = new Map([
  ['string', 'a string'],
  ['integer', 'an integer'],
  ['number', 'a decimal'],
  ['boolean', 'a boolean'],
  ['array', 'an array'],
  ['object', 'an object'],
  ['null', 'null'],
]);

function getTypeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
  return TYPE_NAMES.get(typeof value) ?? typeof value;
}

/** Converts `#/tools/0/function/name` to `tools[0].function.name`, and the pointer of the body itself to an empty string. */
function toParam(location: string): string {
  return parsePointer(location)
    .map((key, index) => {
      if (/^\d+$/.test(key)) return `[${key}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

function toStrings(rule: unknown): string[] {
  return (Array.isArray(rule) ? rule : [rule]).map(String);
}
