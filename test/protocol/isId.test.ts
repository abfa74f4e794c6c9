import { describe, expect, it } from 'vitest';
import { isId } from '../../src/protocol/isId.js';

describe('isId', () => {
  it.each([
    'thread_abc123',
    'file-XYZ',
    '7',
    'a',
    '0b9e1f5c-8f3c-4c1d-9d43-2f6f5d2a7c11',
    'a'.repeat(128),
    'Runs',
    'runs1',
  ])('accepts %s', (id) => {
    expect(isId(id)).toBe(true);
  });

  it.each([
    ['punctuation at the start', ['', '.', '..', '...', '.a', '-a', '_a']],
    [
      'separators and escapes',
      ['a/b', 'a\\b', '/a', 'a?b', 'a#b', 'a;b', 'a:b', 'a@b', 'a%2fb', '%2e%2e'],
    ],
    ['white space and NUL', ['a b', ' a', 'a ', 'a\n', 'a\r', 'a\t', 'a\0', '\0']],
    [
      'reserved, long and non-ASCII strings',
      ['runs', 'a'.repeat(129), 'é', 'а', '\u{1F600}', '__proto__'],
    ],
    [
      'other types',
      [undefined, null, 0, 7, true, {}, [], ['thread_abc'], new String('thread_abc')],
    ],
  ])('rejects %s', (_, values: readonly unknown[]) => {
    expect(values.filter(isId)).toEqual([]);
  });
});
