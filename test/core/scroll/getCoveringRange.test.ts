import { describe, expect, it } from 'vitest';
import { createRowSizes } from '../../../src/core/scroll/createRowSizes.js';
import {
  getCoveringRange,
  LEAPING,
  RESTING,
  SCROLLING,
  type CoverInput,
} from '../../../src/core/scroll/getCoveringRange.js';
import type { RowRange } from '../../../src/core/scroll/RowRange.js';

const rows = Array.from({ length: 100 }, (_, index) => ({ key: `${index}` }));

/** Creates 100 rows of 100 px each. */
function createSizes() {
  const sizes = createRowSizes();
  sizes.setRows(rows);
  for (const index of rows.keys()) sizes.setSize(index, 100);
  return sizes;
}

const createRange = (start: number, end: number): RowRange => ({
  rows,
  start,
  end,
  pinnedKeys: [],
  extent: 'window',
});

/** Input for a scroller of 600 px at row 40. */
const createInput = (overrides: Partial<CoverInput>): CoverInput => ({
  range: createRange(35, 51),
  sizes: createSizes(),
  paddingTop: 3_500,
  viewport: { top: 4_000, bottom: 4_600 },
  overscan: SCROLLING,
  mayShrink: true,
  ...overrides,
});

describe('getCoveringRange', () => {
  it.each<{ name: string; input: Partial<CoverInput> }>([
    { name: 'the range covers the viewport and the overscan', input: {} },
    {
      name: 'the range covers the least overscan',
      input: { range: createRange(38, 49), paddingTop: 3_800 },
    },
    {
      name: 'the range is the covering range',
      input: { range: createRange(35, 51), overscan: RESTING },
    },
    {
      name: 'the range is longer, but must not shrink',
      input: {
        range: createRange(0, 100),
        paddingTop: 0,
        mayShrink: false,
      },
    },
    {
      name: 'the range is a little longer',
      input: { range: createRange(31, 55), paddingTop: 3_100 },
    },
  ])('returns undefined if $name', ({ input }) => {
    expect(getCoveringRange(createInput(input))).toBeUndefined();
  });

  it.each<{ name: string; input: Partial<CoverInput>; start: number; end: number }>([
    {
      name: 'after scrolling up',
      input: { range: createRange(39, 51), paddingTop: 3_900 },
      start: 35,
      end: 51,
    },
    {
      name: 'after scrolling down',
      input: { range: createRange(35, 47) },
      start: 35,
      end: 51,
    },
    {
      name: 'at rest, with more overscan',
      input: { range: createRange(37, 51), paddingTop: 3_700, overscan: RESTING },
      start: 35,
      end: 51,
    },
    {
      name: 'after a leap, with the least overscan',
      input: { range: createRange(80, 96), paddingTop: 8_000 },
      start: 39,
      end: 47,
    },
    {
      name: 'after a resize, with the least overscan',
      input: { range: createRange(40, 44), paddingTop: 4_000, overscan: LEAPING },
      start: 39,
      end: 47,
    },
    {
      name: 'without rows far outside the viewport',
      input: { range: createRange(0, 100), paddingTop: 0 },
      start: 35,
      end: 51,
    },
    {
      name: 'relative to rows that moved since the padding was set',
      input: {
        range: createRange(39, 51),
        paddingTop: 3_400,
        viewport: { top: 3_500, bottom: 4_100 },
      },
      start: 35,
      end: 51,
    },
    {
      name: 'clamped to the start of the list',
      input: { range: createRange(2, 10), paddingTop: 200, viewport: { top: 0, bottom: 600 } },
      start: 0,
      end: 11,
    },
    {
      name: 'clamped to the end of the list',
      input: {
        range: createRange(92, 96),
        paddingTop: 9_200,
        viewport: { top: 9_400, bottom: 10_000 },
      },
      start: 89,
      end: 100,
    },
  ])('returns the covering range $name', ({ input, start, end }) => {
    expect(getCoveringRange(createInput(input))).toEqual({ start, end });
  });
});
