import { format } from '@cfworker/json-schema';
import { describe, expect, it } from 'vitest';
import {
  createPatternlessValidator,
  createSchemaValidator,
} from '../../src/common/jsonSchema/createSchemaValidator.js';
import { isSafePattern } from '../../src/common/jsonSchema/rewritePatterns.js';
import { toJsonValue } from '../../src/common/jsonSchema/toJsonValue.js';
import { isRecord } from '../../src/common/isRecord.js';

// Patterns in this file backtrack exponentially on these texts: a backtracking engine would not return from a single check, on
// any machine. A check that returns was done in linear time, so that no test has to measure it.

const validate = async (schema: object, value: unknown) =>
  (await createSchemaValidator({ ...schema })).validate(value);
const isValid = async (schema: object, value: unknown) =>
  (await validate(schema, value)).length === 0;

/** Lists the patterns that the checker would match with the engine of the browser. */
function listNativePatterns(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(listNativePatterns);
  if (!isRecord(schema)) return [];
  const { pattern, patternProperties } = schema;
  return [
    ...(typeof pattern === 'string' ? [pattern] : []),
    ...(isRecord(patternProperties) ? Object.keys(patternProperties) : []),
    ...Object.values(schema).flatMap(listNativePatterns),
  ];
}

describe('a pattern with exponential backtracking', () => {
  it.each([
    ['(a+)+$', 'a'.repeat(5_000)],
    ['^(a|a)*$', 'a'.repeat(5_000)],
    ['^(\\w+\\s?)*$', 'word '.repeat(1_000)],
    ['(.*)(.*)(.*)x$', 'y'.repeat(5_000)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(5_000)],
  ])('%s is matched by RE2 instead of the engine of the browser', async (pattern, text) => {
    const validator = await createSchemaValidator({ type: 'string', pattern });
    expect(listNativePatterns(validator.schema)).toEqual([]);
    expect(validator.validate(`${text}!`)).toMatchObject([
      { keyword: 'pattern', error: `String does not match pattern "${pattern}".` },
    ]);
  });

  it('is rewritten in every place of a schema', async () => {
    const slow = { pattern: '^(a+)+$' };
    const text = `${'a'.repeat(3_000)}!`;
    for (const [schema, value] of [
      [{ properties: { a: slow } }, { a: text }],
      [{ items: slow }, [text]],
      [{ anyOf: [slow, { type: 'number' }] }, text],
      [{ $ref: '#/$defs/slow', $defs: { slow } }, text],
      [{ propertyNames: slow }, { [text]: 1 }],
      [{ additionalProperties: { not: { not: slow } } }, { a: text }],
    ] as const) {
      const validator = await createSchemaValidator(schema);
      expect(listNativePatterns(validator.schema)).toEqual([]);
      expect(validator.validate(value)).not.toEqual([]);
    }
  });

  it('is ignored in the names of properties', async () => {
    const schema = {
      patternProperties: { '^(a+)+$': { type: 'number' } },
      additionalProperties: false,
    };
    expect(await isValid(schema, { [`${'a'.repeat(3_000)}!`]: 1 })).toBe(false);
  });

  it('is ignored by a validator without patterns', () => {
    const { validate: check, schema } = createPatternlessValidator({
      type: 'string',
      pattern: '^(a+)+$',
    });
    expect(schema).toEqual({ type: 'string' });
    expect(check('b')).toEqual([]);
    expect(check(1)).toMatchObject([{ keyword: 'type' }]);
  });
});

it.each([
  ['abc', true],
  ['^[A-Z]{3}$', true],
  ['^\\d+$', true],
  ['^a*b', true],
  ['\\d+$', false],
  ['^(ab)+$', false],
  ['^a+b+$', false],
  ['^a{2,}', true],
  ['a{2,}', false],
  ['^a|b', false],
])('leaves %s to the engine of the browser: %s', (pattern, isSafe) => {
  expect(isSafePattern(pattern)).toBe(isSafe);
});

describe('a pattern', () => {
  it.each([
    ['^[a-z0-9]+(-[a-z0-9]+)*$', 'a-long-name-of-many-parts', 'not a name'],
    ['^\\d+(\\.\\d+)*$', '10.2.30', '10..2'],
    ['^\\p{L}+$', 'Ünïcödé', 'a1'],
    ['^(?<year>\\d{4})-(?<month>\\d{2})?$', '2026-', '26'],
    ['^[A-Z]{3}$', 'ABC', 'ABCD'],
    ['b|c', 'abc', 'a'],
  ])('%s accepts %s and rejects %s', async (pattern, valid, invalid) => {
    expect(await isValid({ pattern }, valid)).toBe(true);
    expect(await isValid({ pattern }, invalid)).toBe(false);
  });

  it('is checked together with the other rules', async () => {
    const schema = {
      type: 'string',
      pattern: '^(ab?)+$',
      format: 'email',
      allOf: [{ maxLength: 3 }],
    };
    expect(await isValid({ ...schema, format: 'date' }, 'aba')).toBe(false);
    expect(await isValid({ pattern: '^(ab?)+$', allOf: [{ maxLength: 3 }] }, 'abab')).toBe(false);
    expect(await isValid({ pattern: '^(ab?)+$', allOf: [{ maxLength: 3 }] }, 'aba')).toBe(true);
  });

  it.each(['^(?=(a+)+$)', '^(a+)\\1$'])(
    '%s is refused, because no engine matches it in linear time',
    async (pattern) => {
      await expect(createSchemaValidator({ pattern })).rejects.toThrow(
        /without lookaround and backreferences/,
      );
    },
  );

  it('is kept where it is data or the name of a property', async () => {
    const schema = {
      properties: {
        pattern: { type: 'string', const: '(a+)+$' },
        properties: { enum: [{ pattern: '(a+)+$' }] },
      },
      default: { pattern: '(a+)+$', properties: { pattern: '(a+)+$' } },
    };
    expect((await createSchemaValidator(schema)).schema).toEqual(schema);
    expect(createPatternlessValidator(schema).schema).toEqual(schema);
  });
});

it('checks the format url as uri, because the expression of the checker backtracks exponentially', async () => {
  expect((await createSchemaValidator({ format: 'url' })).schema).toEqual({ format: 'uri' });
  expect(await isValid({ format: 'url' }, `http://${'a'.repeat(60)} `)).toBe(false);
  expect(await isValid({ format: 'url' }, 'https://example.org/a?b#c')).toBe(true);
});

it.each(Object.keys(format).filter((name) => name !== 'url'))(
  'checks the format %s without exponential backtracking',
  (name) => {
    const repeated = ['a', 'a-', 'a.', '1', '1:', '/a', '{a}', '\\', '%', 'P1D', ' '].map((piece) =>
      piece.repeat(10_000),
    );
    for (const long of repeated) {
      for (const text of [`${long}!`, `http://${long}!`, `a@${long}!`, `"${long}`])
        expect(format[name]?.(text)).toBeTypeOf('boolean');
    }
  },
);

it.each([
  ['time', '10:30:00', true],
  ['time', '10:30:00Z', true],
  ['time', '25:00:00', false],
  ['date-time', '2026-12-01T10:30:00', true],
  ['date-time', '2026-12-01T10:30:00+02:00', true],
  ['date-time', '2026-12-01', false],
  ['date-time', '2026-13-01T10:30:00', false],
])('needs no zone in the format %s: %s is valid: %s', async (name, text, isValid) => {
  const { validate } = await createSchemaValidator({ type: 'string', format: name });
  expect(validate(text).length === 0).toBe(isValid);
});

it('does not change a prototype through a key of the schema', async () => {
  const hostile = JSON.parse(
    '{"properties":{"__proto__":{"pattern":"(a+)+$"}},"__proto__":{"type":"string"}}',
  ) as Record<string, unknown>;
  const { schema } = await createSchemaValidator(hostile);
  expect(Object.keys(schema)).toEqual(['properties', '__proto__']);
  expect(Object.getPrototypeOf(schema)).toBe(Object.prototype);
});

it('converts values to what JSON transports before they are validated', () => {
  expect(toJsonValue({ a: undefined, b: [undefined, 1] })).toEqual({ b: [null, 1] });
  expect(toJsonValue(undefined)).toBeNull();
});

describe('a schema that would take too long', () => {
  const text = { type: 'string' };
  const list = <Value>(length: number, create: (index: number) => Value): Value[] =>
    Array.from({ length }, (_, index) => create(index));
  const doubling = {
    $ref: '#/$defs/d0',
    $defs: Object.fromEntries(
      list(41, (index) => {
        const next = { $ref: `#/$defs/d${index + 1}` };
        return [`d${index}`, index === 40 ? text : { allOf: [next, next] }];
      }),
    ),
  };
  let deep: object = text;
  for (let level = 0; level < 5_000; level += 1) deep = { not: deep };

  it.each<[string, object, unknown, RegExp]>([
    ['combinations that multiply', doubling, 1, /too many combinations/],
    ['a reference to itself', { anyOf: [text, { $ref: '#' }] }, 1, /nested too deeply/],
    ['5,000 levels', deep, 1, /nested too deeply/],
    ['unique items', { uniqueItems: true }, list(100_000, String), /too many combinations/],
    [
      'items with many options',
      { items: { enum: list(10_000, Number) } },
      list(10_000, String),
      /too many combinations/,
    ],
    ['a million options', { enum: list(1_000_000, Number) }, 1, /too large/],
    ['a pattern of 20,000 groups', { pattern: '(a?)'.repeat(20_000) }, 'a', /pattern .* too large/],
    ['repetitions', { pattern: '(aaaaaaaaaaaaaaaaaaaa){999}*' }, 'a', /pattern .* too large/],
  ])('is refused: %s', async (_, schema, value, reason) => {
    await expect(validate(schema, toJsonValue(value))).rejects.toThrow(reason);
  });
});

it('does not add patterns to the checker, which all schemas share', async () => {
  const names = Object.keys(format);
  await validate({ pattern: '(a+)+$' }, 'b');
  expect(Object.keys(format)).toEqual(names);
});

it('does not take inherited members for properties', async () => {
  const schema = { properties: { constructor: { type: 'string' } } };
  expect(await validate(schema, toJsonValue({}))).toEqual([]);
  expect(await validate(schema, toJsonValue({ constructor: 1 }))).toHaveLength(1);
});
