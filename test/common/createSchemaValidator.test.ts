import { format, Validator } from '@cfworker/json-schema';
import { describe, expect, it } from 'vitest';
import {
  createSchemaValidator,
  withoutPatterns,
} from '../../src/common/jsonSchema/createSchemaValidator.js';

const isValid = async (schema: object, value: unknown) =>
  new Validator(await createSchemaValidator({ ...schema }), '2020-12').validate(value).valid;

/** Longer than any of these could take if it tried all ways. */
const SOON_MS = 2_000;

describe('a pattern that would never end', () => {
  it.each([
    ['(a+)+$', 'a'.repeat(5_000)],
    ['^(a|a)*$', 'a'.repeat(5_000)],
    ['^(\\w+\\s?)*$', 'word '.repeat(1_000)],
    ['(.*)(.*)(.*)x$', 'y'.repeat(5_000)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(5_000)],
  ])('%s is matched soon', async (pattern, text) => {
    const startedAt = performance.now();
    expect(await isValid({ type: 'string', pattern }, `${text}!`)).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
  });

  it('is matched wherever a schema may have it', async () => {
    const evil = { pattern: '^(a+)+$' };
    const text = `${'a'.repeat(3_000)}!`;
    for (const [schema, value] of [
      [{ properties: { a: evil } }, { a: text }],
      [{ items: evil }, [text]],
      [{ anyOf: [evil, { type: 'number' }] }, text],
      [{ $ref: '#/$defs/evil', $defs: { evil } }, text],
      [{ propertyNames: evil }, { [text]: 1 }],
      [{ additionalProperties: { not: { not: evil } } }, { a: text }],
    ] as const) {
      const startedAt = performance.now();
      expect(await isValid(schema, value)).toBe(false);
      expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
    }
  });

  it('leaves names of properties to the other rules', async () => {
    const schema = {
      patternProperties: { '^(a+)+$': { type: 'number' } },
      additionalProperties: false,
    };
    expect(await isValid(schema, { [`${'a'.repeat(3_000)}!`]: 1 })).toBe(false);
  });
});

describe('a pattern', () => {
  it.each([
    ['^[a-z0-9]+(-[a-z0-9]+)*$', 'a-long-name-of-many-parts', 'not a name'],
    ['^\\d+(\\.\\d+)*$', '10.2.30', '10..2'],
    ['^\\p{L}+$', 'Ünïcödé', 'a1'],
    ['^(?<year>\\d{4})-(?<month>\\d{2})?$', '2026-', '26'],
    ['^[A-Z]{3}$', 'ABC', 'ABCD'],
    ['b|c', 'abc', 'a'],
  ])('%s takes %s and not %s', async (pattern, good, bad) => {
    expect(await isValid({ pattern }, good)).toBe(true);
    expect(await isValid({ pattern }, bad)).toBe(false);
  });

  it('stands beside the other rules', async () => {
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

  it('that no engine matches in bounded time is refused, with what to do', async () => {
    await expect(createSchemaValidator({ pattern: '^(?=(a+)+$)' })).rejects.toThrow(
      /without lookaround/,
    );
    await expect(createSchemaValidator({ pattern: '^(a+)\\1$' })).rejects.toThrow(
      /without lookaround/,
    );
  });

  it('that is a value, or the name of a field, stays as it is', async () => {
    const schema = {
      properties: {
        pattern: { type: 'string', const: '(a+)+$' },
        properties: { enum: [{ pattern: '(a+)+$' }] },
      },
      default: { pattern: '(a+)+$', properties: { pattern: '(a+)+$' } },
    };
    expect(await createSchemaValidator(schema)).toEqual(schema);
    expect(withoutPatterns(schema)).toEqual(schema);
  });
});

it('an address that the expressions of a validator would never end on is refused soon', async () => {
  const startedAt = performance.now();
  expect(await isValid({ format: 'url' }, `http://${'a'.repeat(60)} `)).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
  expect(await isValid({ format: 'url' }, 'https://example.org/a?b#c')).toBe(true);
});

it.each(Object.keys(format).filter((name) => name !== 'url'))(
  'the format %s is checked soon, whatever the text',
  (name) => {
    const repeated = ['a', 'a-', 'a.', '1', '1:', '/a', '{a}', '\\', '%', 'P1D', ' '].map((piece) =>
      piece.repeat(10_000),
    );
    for (const text of repeated.flatMap((long) => [
      `${long}!`,
      `http://${long}!`,
      `a@${long}!`,
      `"${long}`,
    ])) {
      const startedAt = performance.now();
      format[name]?.(text);
      expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
    }
  },
);

it('keeps what is hostile in a schema harmless', async () => {
  const schema = JSON.parse(
    '{"properties":{"__proto__":{"pattern":"(a+)+$"}},"__proto__":{"type":"string"}}',
  ) as Record<string, unknown>;
  const bounded = await createSchemaValidator(schema);
  expect(Object.keys(bounded)).toEqual(['properties', '__proto__']);
  expect(Object.getPrototypeOf(bounded)).toBe(Object.prototype);
});
