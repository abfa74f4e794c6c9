import { type OutputUnit, Validator } from '@cfworker/json-schema';
import type { Json } from './normalizeBody.js';
import {
  badRequest,
  type HttpError,
  invalidType,
  invalidValue,
  missingParameter,
  unknownParameter,
} from '../../domain/errors.js';
import { requestSchemaRefs, requestSchemas } from '../requestSchemas.js';

type Validated = keyof typeof requestSchemaRefs;

const validators = new Map<Validated, Validator>();

/** Whether an operation takes a JSON body. */
export function hasJsonBody(operation: string): operation is Validated {
  return Object.hasOwn(requestSchemaRefs, operation);
}

/** The first thing that is wrong with the JSON body of an operation, as the error to answer; undefined when it is valid. */
export function validateBody(operation: Validated, body: Json): HttpError | undefined {
  let validator = validators.get(operation);
  if (validator === undefined) {
    validator = new Validator({ ...requestSchemas, ...requestSchemaRefs[operation] }, '2020-12');
    validators.set(operation, validator);
  }
  let output;
  try {
    output = validator.validate(body);
  } catch (error) {
    // The validator writes names of properties into pointers, and half a surrogate pair cannot be written.
    if (error instanceof URIError)
      return badRequest('The request body has a property whose name is not valid Unicode.');
    throw error;
  }
  if (output.valid) return undefined;
  const fault = firstFault(output.errors, requestSchemaRefs[operation], body);
  return fault === undefined ? badRequest('The request body is not valid.') : describe(fault);
}

/** One finding, with what the schema asks and what the body has there. */
interface Fault {
  keyword: string;
  location: string;
  /** What stands under the keyword: the list of an enum, the number of a maximum. */
  rule: unknown;
  value: unknown;
  /** Whether it is the name of a property that is at fault. */
  ofName: boolean;
}

const UNIONS = new Set(['oneOf', 'anyOf']);
/** Findings that only say that there are findings below. */
const WRAPPERS = new Set(['$ref', 'properties', 'items', 'additionalProperties', 'propertyNames']);

/** Findings come flat, each wrapper right before what it wraps. */
function firstFault(
  errors: OutputUnit[],
  root: object,
  body: Json,
  unionAt?: string,
): Fault | undefined {
  const faults: Fault[] = [];
  for (let index = 0; index < errors.length; index++) {
    const error = errors[index];
    if (error === undefined) continue;
    if (UNIONS.has(error.keyword)) {
      const inside = errors
        .slice(index + 1)
        .filter((one) => one.keywordLocation.startsWith(`${error.keywordLocation}/`));
      faults.push(...faultOfUnion(error, inside, root, body));
      index += inside.length;
    } else if (!WRAPPERS.has(error.keyword)) {
      faults.push({
        keyword: error.keyword,
        location: error.instanceLocation,
        rule: ruleAt(error.keywordLocation, root),
        value: valueAt(error.instanceLocation, body),
        ofName: error.keywordLocation.includes('/propertyNames/'),
      });
    }
  }
  // A wrong `type` explains whatever else is wrong with a member of a union.
  return (
    faults.find((fault) => unionAt !== undefined && isDiscriminator(fault, unionAt)) ?? faults[0]
  );
}

/** The fault of the branch that was meant; where none was, what the branches would have taken. */
function faultOfUnion(union: OutputUnit, inside: OutputUnit[], root: object, body: Json): Fault[] {
  const branches = new Map<string, OutputUnit[]>();
  for (const error of inside) {
    const branch = error.keywordLocation
      .slice(union.keywordLocation.length + 1)
      .split('/', 1)
      .join();
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const at = union.instanceLocation;
  const faults = [...branches.values()].flatMap(
    (errors) => firstFault(errors, root, body, at) ?? [],
  );
  const meant = faults.find(
    (fault) =>
      !isDiscriminator(fault, at) &&
      !(fault.location === at && (fault.keyword === 'type' || fault.keyword === 'enum')),
  );
  if (meant !== undefined) return [meant];
  const telling =
    faults.find((fault) => isDiscriminator(fault, at)) ??
    faults.find((fault) => fault.keyword === 'enum' && typeof fault.value === 'string') ??
    faults[0];
  if (telling === undefined) return [];
  const same = faults.filter(
    (fault) => fault.keyword === telling.keyword && fault.location === telling.location,
  );
  return [{ ...telling, rule: same.flatMap((fault) => fault.rule) }];
}

function isDiscriminator(fault: Fault, unionAt: string): boolean {
  return fault.keyword === 'enum' && fault.location === `${unionAt}/type`;
}

function describe({ keyword, location, rule, value, ofName }: Fault): HttpError {
  const param = paramOf(location);
  if (ofName) {
    return badRequest(
      `Invalid '${param}': the name of the property is too long. Expected a name with maximum length ${String(rule)}.`,
      {
        param,
        code: 'string_above_max_length',
      },
    );
  }
  switch (keyword) {
    case 'required': {
      const name = texts(rule).find((one) => !isObject(value) || !Object.hasOwn(value, one)) ?? '';
      return missingParameter(param === '' ? name : `${param}.${name}`);
    }
    case 'false':
      return unknownParameter(param);
    case 'type': {
      const names = [...new Set(texts(rule))].map((name) => TYPE_NAMES.get(name) ?? name);
      const expected =
        names.length === 1
          ? names.join()
          : `one of ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
      return param === ''
        ? badRequest(
            `Invalid type for the request body: expected ${expected}, but got ${typeName(value)} instead.`,
            {
              code: 'invalid_type',
            },
          )
        : invalidType(param, expected, typeName(value));
    }
    case 'enum':
      return invalidValue(param, String(value), texts(rule));
    case 'minLength':
    case 'maxLength':
      return outOfBounds(
        param,
        'string',
        keyword,
        rule,
        typeof value === 'string' ? Array.from(value).length : 0,
      );
    case 'minItems':
    case 'maxItems':
      return outOfBounds(param, 'array', keyword, rule, Array.isArray(value) ? value.length : 0);
    case 'minProperties':
    case 'maxProperties':
      return outOfBounds(
        param,
        'object',
        keyword,
        rule,
        isObject(value) ? Object.keys(value).length : 0,
      );
    case 'minimum':
    case 'maximum': {
      const [side, sign, code] =
        keyword === 'minimum'
          ? ['below minimum', '>=', 'below_min']
          : ['above maximum', '<=', 'above_max'];
      const kind = Number.isInteger(value) ? 'integer' : 'decimal';
      return badRequest(
        `Invalid '${param}': ${kind} ${side} value. Expected a value ${sign} ${String(rule)}, but got ${String(value)} instead.`,
        { param, code: `${kind}_${code}_value` },
      );
    }
    case 'pattern':
      return badRequest(
        `Invalid '${param}': string does not match pattern. Expected a string that matches the pattern '${String(rule)}'.`,
        { param, code: 'invalid_value' },
      );
    default:
      return badRequest(`Invalid '${param}': the value is not allowed here.`, {
        param,
        code: 'invalid_value',
      });
  }
}

function outOfBounds(
  param: string,
  kind: 'string' | 'array' | 'object',
  keyword: string,
  rule: unknown,
  length: number,
): HttpError {
  const below = keyword.startsWith('min');
  const [size, measure] =
    kind === 'object' ? ['properties', 'number of properties'] : ['length', 'length'];
  const fault =
    kind === 'object'
      ? below
        ? 'has too few properties'
        : 'has too many properties'
      : below
        ? 'too short'
        : 'too long';
  return badRequest(
    `Invalid '${param}': ${kind} ${fault}. Expected ${TYPE_NAMES.get(kind)} with ${below ? 'minimum' : 'maximum'} ${measure} ${String(rule)}, but got ${TYPE_NAMES.get(kind)} with ${measure} ${length} instead.`,
    { param, code: `${kind}_${below ? 'below_min' : 'above_max'}_${size}` },
  );
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

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
  return TYPE_NAMES.get(typeof value) ?? typeof value;
}

/** `#/tools/0/function/name` as `tools[0].function.name`; empty for the body itself. */
function paramOf(location: string): string {
  return tokensOf(location)
    .map((token, index) =>
      /^\d+$/.test(token) ? `[${token}]` : `${index === 0 ? '' : '.'}${token}`,
    )
    .join('');
}

function valueAt(location: string, body: unknown): unknown {
  return tokensOf(location).reduce<unknown>(childOf, body);
}

/** What a keyword location leads to, through references. */
function ruleAt(location: string, root: object): unknown {
  return tokensOf(location).reduce<unknown>((schema, token) => {
    const child = childOf(schema, token);
    return token === '$ref' && typeof child === 'string'
      ? requestSchemas.$defs[child.slice('#/$defs/'.length)]
      : child;
  }, root);
}

function childOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

function tokensOf(location: string): string[] {
  const tokens = location.split('/').slice(1);
  return tokens.map((token) =>
    decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~'),
  );
}

function texts(rule: unknown): string[] {
  return (Array.isArray(rule) ? rule : [rule]).map(String);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
