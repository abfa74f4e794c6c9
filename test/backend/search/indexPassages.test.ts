import { describe, expect, it } from 'vitest';
import { FILE_LIMITS } from '../../../src/backend/search/fileLimits.js';
import { indexPassages } from '../../../src/backend/search/indexPassages.js';

const files = ['tea', 'coffee', 'cocoa'].map((word, index) => ({
  fileId: `file-${index}`,
  filename: `${index}.txt`,
  text: word,
  splitting: { size: 100, overlap: 0 },
}));

/** Indexes files until `count` passages are in the index. */
const indexSome = (count: number, keepsAll: boolean) => {
  let left = count;
  return indexPassages(files, {
    limits: FILE_LIMITS,
    pause: async () => undefined,
    isLate: () => left-- <= 0,
    keepsAll,
  });
};

describe('an index that takes too long', () => {
  it('has the words of the first passages, and says that others are missing', async () => {
    const index = await indexSome(2, false);
    expect(index.isComplete).toBe(false);
    expect(index.passages.map(({ text }) => text)).toEqual(['tea', 'coffee']);
    expect(index.search('coffee')).toHaveLength(1);
    expect(index.search('cocoa')).toEqual([]);
  });

  it('keeps the other passages for a search by vectors', async () => {
    const index = await indexSome(1, true);
    expect(index.isComplete).toBe(false);
    expect(index.passages).toHaveLength(3);
    expect(index.search('cocoa')).toEqual([]);
  });

  it('is complete if the time was enough', async () => {
    expect((await indexSome(3, false)).isComplete).toBe(true);
  });
});
