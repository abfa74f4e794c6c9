import { describe, expect, it } from 'vitest';
import { checkSchemaText } from '../../../../src/components/assistant/draft/checkSchemaText.js';

const check = (schema: unknown) => checkSchemaText(JSON.stringify(schema));
const properties = (property: unknown) => ({ type: 'object', properties: { a: property } });

describe('accepts', () => {
  it.each([
    ['an empty object', {}],
    ['a function without arguments', { type: 'object', properties: {} }],
    ['nested types', properties({ type: ['array', 'null'], items: { type: 'integer' } })],
    ['true and false as schemas', properties(true)],
    ['a schema that contains itself', { properties: { next: { $ref: '#' } } }],
    [
      'definitions that refer to each other',
      { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' },
    ],
    ['references to other documents', properties({ $ref: 'https://example.org/a.json' })],
    ['keywords that nothing describes', { type: 'object', 'x-order': ['a'] }],
    ['what looks like a schema in data', properties({ const: { type: 'nothing' } })],
  ])('%s', (_name, schema) => {
    expect(check(schema)).toEqual({ kind: 'valid', schema });
  });

  it('an empty text, which is a function without arguments', () => {
    expect(checkSchemaText(' \n')).toEqual({ kind: 'valid', schema: undefined });
  });

  it('own properties with the names of inherited ones', () => {
    const text = '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{}}}';
    expect(checkSchemaText(text).kind).toBe('valid');
  });

  it('a schema of a megabyte', () => {
    const names = Array.from({ length: 30_000 }, (_, index) => `property_number_${index}`);
    const schema = {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    };
    expect(JSON.stringify(schema).length).toBeGreaterThan(1_000_000);
    expect(check(schema).kind).toBe('valid');
  });
});

describe('rejects', () => {
  it.each([[[]], ['text'], [1], [null], [{ type: 'string' }], [{ type: ['object', 'null'] }]])(
    'what does not describe an object: %j',
    (schema) => {
      expect(check(schema)).toEqual({ kind: 'not-object' });
    },
  );

  it.each([
    ['type', properties({ type: 'strng' }), 'properties.a.type'],
    ['type', properties({ items: { type: ['no'] } }), 'properties.a.items.type'],
    ['pattern', properties({ pattern: '(' }), 'properties.a.pattern'],
    ['pattern', { patternProperties: { '[': {} } }, 'patternProperties.['],
    ['pattern', properties({ pattern: 1 }), 'properties.a.pattern'],
    ['reference', properties({ $ref: '#/$defs/missing' }), 'properties.a.$ref'],
    ['reference', properties({ $ref: '#/constructor' }), 'properties.a.$ref'],
    ['keyword', { properties: [] }, 'properties'],
    ['keyword', properties('string'), 'properties.a'],
    ['keyword', { required: true }, 'required'],
    ['keyword', properties({ enum: 'a' }), 'properties.a.enum'],
    ['keyword', properties({ anyOf: [{}, 1] }), 'properties.a.anyOf.1'],
  ] as const)('a wrong %s in %j', (kind, schema, path) => {
    const checked = check(schema);
    expect(checked).toMatchObject({ kind: 'schema', problem: { kind } });
    expect(checked.kind === 'schema' && checked.problem.path.join('.')).toBe(path);
  });

  it('a mistake in the JSON, with its line', () => {
    expect(checkSchemaText('{\n"type": "object",\n}')).toEqual({
      kind: 'json',
      problem: { kind: 'comma', line: 2 },
    });
  });
});
