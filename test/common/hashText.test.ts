import { expect, it } from 'vitest';
import { hashText } from '../../src/common/hashText.js';

it('returns the same short hash for the same text, and another for another', () => {
  const texts = ['', 'a', 'b', 'ab', 'ba', '{"n":1}', '{"n":2}', 'x'.repeat(100_000)];
  const hashes = texts.map(hashText);
  expect(hashes).toEqual(texts.map(hashText));
  expect(new Set(hashes).size).toBe(texts.length);
  for (const hash of hashes) expect(hash).toMatch(/^[\da-z]{1,7}$/);
});
