import { describe, expect, it } from 'vitest';
import { getInitialRange } from '../../../src/core/scroll/getInitialRange.js';

const createRows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `${index}` }));

describe('getInitialRange', () => {
  it('returns the newest rows of a long list', () => {
    expect(getInitialRange(createRows(1_000))).toMatchObject({ start: 984, end: 1_000 });
  });

  it.each([0, 1, 16, 32])('returns all of a list of %i rows', (count) => {
    expect(getInitialRange(createRows(count))).toMatchObject({ start: 0, end: count });
  });
});
