import { expect, test } from 'vitest';
import { isId } from '../../src/protocol/ids.js';

test.each([
  'thread_abc123',
  'file-XYZ',
  '7',
  'a',
  '0b9e1f5c-8f3c-4c1d-9d43-2f6f5d2a7c11',
  'a'.repeat(128),
  'Runs',
  'runs1',
])('takes %s', (id) => expect(isId(id)).toBe(true));

test.each([
  ['', '.', '..', '...', '.a', '-a', '_a'],
  ['a/b', 'a\\b', '/a', 'a?b', 'a#b', 'a;b', 'a:b', 'a@b', 'a%2fb', '%2e%2e'],
  ['a b', ' a', 'a ', 'a\n', 'a\r', 'a\t', 'a\0', '\0'],
  ['runs', 'a'.repeat(129), 'é', 'а', '\u{1F600}', '__proto__'],
  [undefined, null, 0, 7, true, {}, [], ['thread_abc'], new String('thread_abc')],
])('takes none of row %#', (...values) => {
  expect(values.filter(isId)).toEqual([]);
});
