import { describe, expect, it } from 'vitest';
import { createRowSizes } from '../../../src/core/scroll/createRowSizes.js';

const createRows = (...keys: string[]) => keys.map((key) => ({ key }));

describe('createRowSizes', () => {
  it('uses the same estimate for all unmeasured rows', () => {
    const sizes = createRowSizes();
    sizes.setRows(createRows('a', 'b', 'c'));
    expect(sizes.getOffset(3)).toBe(sizes.getSize(0) * 3);
  });

  it('moves the rows after a measured row', () => {
    const sizes = createRowSizes();
    sizes.setRows(createRows('a', 'b', 'c'));
    const estimate = sizes.getSize(0);
    expect(sizes.setSize(1, 300)).toBe(true);
    expect(sizes.getOffset(1)).toBe(estimate);
    expect(sizes.getOffset(2)).toBe(estimate + 300);
    expect(sizes.getOffset(3)).toBe(estimate * 2 + 300);
  });

  it('ignores differences below half a pixel', () => {
    const sizes = createRowSizes();
    sizes.setRows(createRows('a'));
    sizes.setSize(0, 100);
    expect(sizes.setSize(0, 100.25)).toBe(false);
    expect(sizes.getOffset(1)).toBe(100);
  });

  it('ignores the size of a row that is not in the list', () => {
    const sizes = createRowSizes();
    sizes.setRows(createRows('a'));
    expect(sizes.setSize(1, 100)).toBe(false);
    expect(sizes.setSize(-1, 100)).toBe(false);
  });

  it('sums measured and remeasured rows in a list of several blocks', () => {
    const sizes = createRowSizes();
    const rows = createRows(...Array.from({ length: 1_000 }, (_, index) => `row_${index}`));
    sizes.setRows(rows);
    for (const [index, size] of [
      [0, 10],
      [127, 20],
      [128, 30],
      [129, 40],
      [999, 50],
      [128, 35],
      [127, 0],
    ] as const)
      sizes.setSize(index, size);
    const differences = () =>
      rows.map((_, index) => sizes.getOffset(index + 1) - sizes.getOffset(index));
    expect(differences()).toEqual(rows.map((_, index) => sizes.getSize(index)));
    expect(sizes.getOffset(1_000)).toBe(995 * sizes.getSize(1) + 10 + 0 + 35 + 40 + 50);
    sizes.setRows(rows.slice(1));
    expect(sizes.getOffset(999)).toBe(995 * sizes.getSize(0) + 0 + 35 + 40 + 50);
    expect(sizes.findIndexAt(sizes.getOffset(998))).toBe(998);
  });

  it('finds the row at an offset, and the nearest row outside the list', () => {
    const sizes = createRowSizes();
    sizes.setRows(createRows('a', 'b', 'c'));
    for (const [index, size] of [10, 20, 30].entries()) sizes.setSize(index, size);
    expect([-5, 0, 9.9, 10, 29, 30, 59, 1_000].map((offset) => sizes.findIndexAt(offset))).toEqual([
      0, 0, 0, 1, 1, 2, 2, 2,
    ]);
  });

  it('returns 0 for every question about an empty list', () => {
    const sizes = createRowSizes();
    sizes.setRows([]);
    expect([sizes.findIndexAt(100), sizes.getOffset(0), sizes.count]).toEqual([0, 0, 0]);
  });

  it('keeps measured sizes by key in another list', () => {
    const sizes = createRowSizes();
    sizes.setRows(createRows('c', 'd'));
    sizes.setSize(0, 30);
    sizes.setSize(1, 40);
    sizes.setRows(createRows('a', 'b', 'c', 'd'));
    expect([sizes.getSize(2), sizes.getSize(3)]).toEqual([30, 40]);
    expect(sizes.getOffset(4) - sizes.getOffset(2)).toBe(70);
  });

  it('updates the estimate each time the number of measured rows has doubled', () => {
    const sizes = createRowSizes();
    sizes.setRows(createRows('a', 'b', 'c', 'd', 'e', 'f'));
    sizes.setSize(0, 50);
    sizes.setSize(1, 150);
    sizes.updateEstimate();
    expect(sizes.getSize(5)).toBe(100);
    sizes.setSize(2, 400);
    sizes.updateEstimate();
    expect(sizes.getSize(5)).toBe(100);
    sizes.setSize(3, 200);
    sizes.updateEstimate();
    expect(sizes.getSize(5)).toBe(200);
    expect(sizes.getOffset(6)).toBe(50 + 150 + 400 + 200 + 200 + 200);
  });
});
