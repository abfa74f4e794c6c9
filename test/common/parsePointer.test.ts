import { expect, it } from 'vitest';
import { parsePointer } from '../../src/common/parsePointer.js';

it.each([
  ['', []],
  ['#', []],
  ['#/', []],
  ['/a/b', ['a', 'b']],
  ['#/a/0', ['a', '0']],
  ['/a~1b/~0c/~01', ['a/b', '~c', '~1']],
  ['#/a%20b', ['a b']],
  ['#/100%', ['100%']],
])('parses %j', (pointer, keys) => {
  expect(parsePointer(pointer)).toEqual(keys);
});
