import fc from 'fast-check';

type Schema = Record<string, unknown>;

const times = <Value>(count: number, create: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => create(index));
const leaf: Schema = { type: 'string' };

/** Creates definitions `d0`, `d1`, … of which each refers to the next one. */
function createChain(length: number, link: (next: Schema) => Schema): Schema {
  const definitions = times(length, (index): [string, Schema] => [
    `d${index}`,
    link({ $ref: `#/$defs/d${index + 1}` }),
  ]);
  return {
    $ref: '#/$defs/d0',
    $defs: Object.fromEntries([...definitions, [`d${length}`, leaf]]),
  };
}

function nest(levels: number, wrap: (inner: Schema) => Schema): Schema {
  let schema = leaf;
  for (let level = 0; level < levels; level += 1) schema = wrap(schema);
  return schema;
}

const identity = (inner: Schema): Schema => inner;

/** Wraps a schema into one that the form or the checker has to follow. */
const wrappers: readonly ((inner: Schema) => Schema)[] = [
  (inner) => ({ type: 'object', properties: { a: inner } }),
  (inner) => ({ type: 'object', properties: { a: inner, b: inner }, required: ['a', 'b'] }),
  (inner) => ({ allOf: [inner] }),
  (inner) => ({ allOf: [inner, inner] }),
  (inner) => ({ anyOf: [inner, inner] }),
  (inner) => ({ oneOf: [inner, leaf, inner] }),
  (inner) => ({ anyOf: [leaf, inner] }),
  (inner) => ({ anyOf: [inner, { type: 'null' }] }),
  (inner) => ({ type: 'array', items: inner }),
  (inner) => ({ type: 'array', minItems: 2, items: inner }),
  (inner) => ({ type: 'array', items: [inner, inner], additionalItems: inner }),
  (inner) => ({ type: 'object', additionalProperties: inner }),
  (inner) => ({ type: 'object', patternProperties: { '^x': inner, '(a+)+$': inner } }),
  // The linter takes an object with a literal member `then` for a promise.
  (inner) => Object.fromEntries(['if', 'then', 'else'].map((keyword) => [keyword, inner])),
  (inner) => ({ not: inner }),
  (inner) => ({
    type: 'object',
    properties: { a: leaf },
    dependencies: { a: { oneOf: [{ properties: { a: leaf, c: inner } }, inner] } },
  }),
];
const wrapper = fc.constantFrom(...wrappers);
const size = fc.oneof(
  fc.integer({ min: 0, max: 30 }),
  fc.constantFrom(64, 200, 500, 1_000, 20_000, 100_000),
);
const name = fc.oneof(
  fc.constantFrom('hasOwnProperty', 'constructor', '__proto__', 'toString', 'length', '', 'a/b~c'),
  fc.string({ maxLength: 6 }),
);

/** Schemas of which one part is huge, or multiplies. */
const families = fc.oneof(
  fc.tuple(size, wrapper).map(([count, wrap]) => createChain(Math.min(count, 2_000), wrap)),
  // Without references, the schema itself grows, so that few levels suffice.
  fc.tuple(size, wrapper).map(([count, wrap]) => nest(Math.min(count, 8), wrap)),
  size.map((count) => nest(Math.min(count, 2_000), (inner) => ({ properties: { a: inner } }))),
  size.map((count) => nest(Math.min(count, 2_000), (inner) => ({ type: 'array', items: inner }))),
  size.map((count) => ({
    type: 'object',
    properties: Object.fromEntries(times(count, (index) => [`f${index}`, leaf])),
    required: times(count, (index) => `f${index}`),
  })),
  size.map((count) => ({ enum: times(count, (index) => `option ${index}`) })),
  size.map((count) => ({ oneOf: times(count, (index) => ({ const: index, title: `${index}` })) })),
  size.map((count) => ({
    type: 'array',
    uniqueItems: true,
    items: { enum: times(count, (index) => index) },
  })),
  size.map((count) => ({ anyOf: times(count, (i) => ({ properties: { [`p${i}`]: leaf } })) })),
  size.map((count) => ({ allOf: times(count, () => ({ anyOf: [leaf, { type: 'number' }] })) })),
  fc.tuple(size, wrapper).map(([count, wrap]) => ({ minItems: count, items: wrap(leaf) })),
  fc
    .tuple(size, fc.constantFrom('(a?)', 'a', '[^x]{1,999}', '(', '(?=a)', 'a|', '.*'))
    .map(([count, part]) => ({ type: 'string', pattern: part.repeat(count) })),
  size.map((count) => ({ title: 'x'.repeat(count), description: 'y'.repeat(count) })),
  size.map((count) => ({ default: times(count, () => ({})), type: 'array', items: leaf })),
);

/** Definitions that refer to one another in a circle. Each step leads through one of several keywords. */
const cycles = fc
  .tuple(
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 6 }),
    fc.array(fc.constantFrom(identity, ...wrappers), { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  .map(([length, links, wraps, isRequired]) => {
    const names = times(links, (index) => `link${index}`);
    const definitions = times(length, (index): [string, Schema] => {
      const wrap = wraps[index % wraps.length] ?? identity;
      const next = wrap({ $ref: `#/$defs/d${(index + 1) % length}` });
      const properties = Object.fromEntries(names.map((each) => [each, next]));
      return [`d${index}`, { type: 'object', properties, required: isRequired ? names : [] }];
    });
    return { $ref: '#/$defs/d0', $defs: Object.fromEntries(definitions) };
  });

/** Schemas that refer to themselves through one or two keywords. */
const recursive = fc
  .tuple(fc.array(wrapper, { minLength: 0, maxLength: 3 }), fc.boolean())
  .map(([chain, isInDefinition]) => {
    const reference: Schema = { $ref: isInDefinition ? '#/$defs/node' : '#' };
    const schema = chain.reduce<Schema>((inner, wrap) => wrap(inner), reference);
    return isInDefinition ? { ...reference, $defs: { node: schema } } : schema;
  });

/** Small schemas of random keywords, of which some have values of wrong types. */
const random: fc.Arbitrary<Schema> = fc
  .letrec<{ schema: unknown }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom<unknown>(leaf, {}, true, false, { type: 'integer' }, { $ref: '#/$defs/a' }),
      fc.record(
        {
          type: fc.constantFrom<unknown>('object', 'array', 'string', ['null', 'number'], 7),
          title: fc.oneof(fc.string(), fc.constant({})),
          properties: fc.oneof(fc.dictionary(name, tie('schema'), { maxKeys: 4 }), fc.constant(1)),
          required: fc.oneof(fc.array(name, { maxLength: 3 }), fc.constant('a')),
          items: fc.oneof(tie('schema'), fc.array(tie('schema'), { maxLength: 3 })),
          anyOf: fc.oneof(fc.array(tie('schema'), { maxLength: 4 }), fc.constant({})),
          allOf: fc.array(tie('schema'), { maxLength: 3 }),
          additionalProperties: tie('schema'),
          enum: fc.oneof(fc.array(fc.jsonValue(), { maxLength: 3 }), fc.constant(null)),
          default: fc.jsonValue(),
          minItems: fc.constantFrom<unknown>(0, 2, -1, 1e9, 'x'),
          $ref: fc.constantFrom('#/$defs/b', '#', '#/nowhere', 'http://x.example/', '#/$defs/%'),
          format: fc.constantFrom('date-time', 'email', 'color', 'data-url', 'toString'),
        },
        { requiredKeys: [] },
      ),
    ),
  }))
  .schema.chain((schema) =>
    fc.tuple(fc.constant(schema), fc.constantFrom(leaf, schema, { $ref: '#/$defs/b' })),
  )
  .map(([schema, a]) => ({
    ...(typeof schema === 'object' ? schema : { anyOf: [schema] }),
    $defs: { a, b: { type: 'object', properties: { next: schema } } },
  }));

/** Schemas that are made to take time and memory, or to break a form. */
export const hostileSchema: fc.Arbitrary<Schema> = fc.oneof(families, cycles, recursive, random);

/** Any JSON, a huge list, and deeply nested values. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  size.map((count) => times(count, (index) => index)),
  size.map((count) => nest(Math.min(count, 1_000), (inner) => ({ a: inner }))),
  // Follows the links of `cycles`.
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.boolean())
    .map(([levels, isList]) =>
      nest(levels, (inner) => ({ link0: isList ? [inner] : inner, a: inner })),
    ),
);

/** JSON to start with, or null for none. */
export const hostileText: fc.Arbitrary<string | null> = fc.oneof(
  fc.constant(null),
  hostileValue.map((value) => JSON.stringify(value)),
);
