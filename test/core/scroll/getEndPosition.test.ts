import { describe, expect, it } from 'vitest';
import { getEndPosition } from '../../../src/core/scroll/getEndPosition.js';

const metrics = { scrollTop: 1_000, scrollHeight: 2_000, clientHeight: 600 };

describe('getEndPosition', () => {
  it.each([
    { name: 'the end', waiting: undefined, expected: 1_400 },
    {
      name: 'the end if a waiting element is in view there',
      waiting: { top: 700, isNew: true },
      expected: 1_400,
    },
    {
      name: 'the top of a waiting element that is higher than the view',
      waiting: { top: 248, isNew: true },
      expected: 1_200,
    },
    {
      name: 'the top of a new waiting element that is scrolled past',
      waiting: { top: -200, isNew: true },
      expected: 752,
    },
    {
      name: 'the top of a short question above a waiting element',
      waiting: { top: 248, questionHeight: 300, isNew: true },
      expected: 948,
    },
    {
      name: 'the top of a waiting element below a question that takes more than half of the view',
      waiting: { top: 248, questionHeight: 301, isNew: true },
      expected: 1_200,
    },
    {
      name: 'the current position if the user has scrolled past the waiting element',
      waiting: { top: -200, isNew: false },
      expected: 1_000,
    },
  ])('returns $name', ({ waiting, expected }) => {
    expect(getEndPosition(metrics, waiting)).toBe(expected);
  });

  it('returns 0 for content that is lower than the view', () => {
    const short = { scrollTop: 0, scrollHeight: 300, clientHeight: 600 };
    expect(getEndPosition(short, undefined)).toBe(0);
    expect(getEndPosition(short, { top: 10, isNew: true })).toBe(0);
  });
});
