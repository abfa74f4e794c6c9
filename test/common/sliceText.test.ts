import { expect, it } from 'vitest';
import { sliceText } from '../../src/common/sliceText.js';

it.each([
  [0, 4, '🙂ab'],
  [0, 1, ''],
  [1, 4, 'ab'],
  [2, 5, 'ab'],
  [2, 6, 'ab🙂'],
  [0, 99, '🙂ab🙂'],
])('cuts no emoji in two, from %i to %i', (start, end, part) => {
  expect(sliceText('🙂ab🙂', start, end)).toBe(part);
});
