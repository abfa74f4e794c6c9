import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseArguments, parsePartialJson } from '../../src/protocol/toolArguments.js';

test('arguments are read as JSON, and none at all as an object without fields', () => {
  expect(parseArguments('{"a":[1,{"b":null}]}')).toEqual({ value: { a: [1, { b: null }] } });
  expect(parseArguments(' \n')).toEqual({ value: {} });
});

test('names that only look alike are fields of their own', () => {
  expect(
    parseArguments('{"a":{"a":1},"b":[{"a":1},{"a":2}],"c":"\\"a\\":1,\\"a\\":2"}'),
  ).toHaveProperty('value');
});

test('any JSON value is read as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!text.includes('__proto__'));
      expect(parseArguments(text)).toEqual({ value: JSON.parse(text) });
    }),
  );
});

test.each([
  ['', undefined],
  ['{', {}],
  ['{"ci', {}],
  ['{"city"', {}],
  ['{"city":', {}],
  ['{"city":"Pa', { city: 'Pa' }],
  ['{"city":"Paris"', { city: 'Paris' }],
  ['{"city":"Paris",', { city: 'Paris' }],
  ['{"city":"Paris","unit":"cel', { city: 'Paris', unit: 'cel' }],
  ['{"a":"x\\', { a: 'x' }],
  ['{"a":"x\\u00', { a: 'x' }],
  ['{"a":"x\\"', { a: 'x"' }],
  ['{"a":"x\\\\"', { a: 'x\\' }],
  ['{"a":[1,{"b":[tr', { a: [1, { b: [] }] }],
  ['{"a":[1,2', { a: [1, 2] }],
  ['{"a":1.', {}],
  ['{"a":true}', { a: true }],
  ['[{},', [{}]],
  ['"te', 'te'],
  ['city=Paris', undefined],
])('of %s as much is read as there is', (text, expected) => {
  expect(parsePartialJson(text)).toEqual(expected);
});

test('what is read grows to the whole, and never throws on the way', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value);
      for (let end = 1; end < text.length; end++)
        expect(parsePartialJson(text.slice(0, end))).toBeTypeOf('object');
      expect(parsePartialJson(text)).toEqual(JSON.parse(text));
    }),
    { numRuns: 50 },
  );
});
