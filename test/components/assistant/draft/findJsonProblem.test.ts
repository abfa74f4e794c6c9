import { expect, it } from 'vitest';
import { findJsonProblem } from '../../../../src/components/assistant/draft/findJsonProblem.js';

it.each([
  ['a comment', '{\n  // note\n  "a": 1\n}', { kind: 'comment', line: 2 }],
  ['a block comment', '{ "a": 1\n/* note\n*/ }', { kind: 'comment', line: 2 }],
  ['a last comma in an object', '{\n  "a": 1,\n}', { kind: 'comma', line: 2 }],
  ['a last comma in a list', '[\r\n1,\r\n\r\n]', { kind: 'comma', line: 2 }],
  ['a name without quotes', '{\n\n a: 1 }', { kind: 'quotes', line: 3 }],
  ['single quotes', "{ 'a': 1 }", { kind: 'quotes', line: 1 }],
  ['a literal of another language', '{ "a": True }', { kind: 'quotes', line: 1 }],
  ['an open object', '{\n"a": {\n"b": 1\n}\n\n', { kind: 'unclosed', line: 4 }],
  ['an open text', '{\n"a": "b\n}', { kind: 'unclosed', line: 2 }],
  ['a missing comma', '{ "a": 1\n "b": 2 }', { kind: 'other', line: 2 }],
  ['two values', '{}\n{}', { kind: 'other', line: 2 }],
  ['no value', '', { kind: 'unclosed', line: 1 }],
  ['an endless nesting', '['.repeat(100_000), { kind: 'deep', line: 1 }],
] as const)('names the line of %s', (_name, text, expected) => {
  expect(findJsonProblem(text)).toEqual(expected);
});

it.each(['{}', '{"a": "// no comment, [,]"}', ' [1, {"a": null}] ', '"text"'])(
  'accepts %s',
  (text) => {
    expect(findJsonProblem(text)).toBeUndefined();
  },
);
