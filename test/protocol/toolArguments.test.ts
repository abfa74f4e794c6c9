import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import { parseArguments, parsePartialJson } from '../../src/protocol/toolArguments.js';

test('parses arguments as JSON, and an empty text as an empty object', () => {
  expect(parseArguments('{"a":[1,{"b":null}]}')).toEqual({ value: { a: [1, { b: null }] } });
  expect(parseArguments(' \n')).toEqual({ value: {} });
});

test('accepts equal keys in different objects and in strings', () => {
  expect(
    parseArguments('{"a":{"a":1},"b":[{"a":1},{"a":2}],"c":"\\"a\\":1,\\"a\\":2"}'),
  ).toHaveProperty('value');
});

test('parses every JSON value like JSON.parse', async () => {
  await assertProperty(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!text.includes('__proto__'));
      expect(parseArguments(text)).toEqual({ value: JSON.parse(text) });
    }),
    { name: 'toolArguments', full: 1_000, small: 100 },
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
])('parses the complete part of %s', (text, expected) => {
  expect(parsePartialJson(text)).toEqual(expected);
});

test('parses every prefix of a JSON object', async () => {
  await assertProperty(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value);
      for (let end = 1; end < text.length; end++)
        expect(parsePartialJson(text.slice(0, end))).toBeTypeOf('object');
      expect(parsePartialJson(text)).toEqual(JSON.parse(text));
    }),
    { name: 'toolArguments-partial', full: 1_000, small: 50 },
  );
});
