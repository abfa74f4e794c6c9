import { expect, test } from 'vitest';
import { createRowSizes } from '../../../src/core/scroll/createRowSizes.js';

const rowsOf = (...keys: string[]) => keys.map((key) => ({ key }));

test('guesses rows that nobody has seen', () => {
  const sizes = createRowSizes();
  sizes.setRows(rowsOf('a', 'b', 'c'));
  expect(sizes.offsetOf(3)).toBe(sizes.sizeOf(0) * 3);
});

test('puts rows behind a measured one where it ends', () => {
  const sizes = createRowSizes();
  sizes.setRows(rowsOf('a', 'b', 'c'));
  const guess = sizes.sizeOf(0);
  expect(sizes.offsetOf(3)).toBe(guess * 3);
  expect(sizes.put(1, 300)).toBe(true);
  expect(sizes.offsetOf(2)).toBe(guess + 300);
  expect(sizes.offsetOf(3)).toBe(guess * 2 + 300);
});

test('takes what rounding adds for the same size', () => {
  const sizes = createRowSizes();
  sizes.setRows(rowsOf('a'));
  sizes.put(0, 100);
  expect(sizes.put(0, 100.25)).toBe(false);
  expect(sizes.offsetOf(1)).toBe(100);
});

test('adds up a long list as it adds up a short one, wherever rows are measured, and measured again', () => {
  const sizes = createRowSizes();
  const rows = rowsOf(...Array.from({ length: 1_000 }, (_, index) => `row_${index}`));
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
    sizes.put(index, size);
  const offsets = () => rows.map((_, index) => sizes.offsetOf(index + 1) - sizes.offsetOf(index));
  expect(offsets()).toEqual(rows.map((_, index) => sizes.sizeOf(index)));
  expect(sizes.offsetOf(1_000)).toBe(995 * sizes.sizeOf(1) + 10 + 0 + 35 + 40 + 50);
  sizes.setRows(rows.slice(1));
  expect(sizes.offsetOf(999)).toBe(995 * sizes.sizeOf(0) + 0 + 35 + 40 + 50);
  expect(sizes.indexAt(sizes.offsetOf(998))).toBe(998);
});

test('finds the row at a distance, and the nearest where there is none', () => {
  const sizes = createRowSizes();
  sizes.setRows(rowsOf('a', 'b', 'c'));
  for (const [index, size] of [10, 20, 30].entries()) sizes.put(index, size);
  expect([-5, 0, 9.9, 10, 29, 30, 59, 1_000].map((offset) => sizes.indexAt(offset))).toEqual([
    0, 0, 0, 1, 1, 2, 2, 2,
  ]);
});

test('has no row to find in an empty list, and does not fail', () => {
  const sizes = createRowSizes();
  sizes.setRows([]);
  expect([sizes.indexAt(100), sizes.offsetOf(0), sizes.count]).toEqual([0, 0, 0]);
});

test('knows rows again in another list by their keys', () => {
  const sizes = createRowSizes();
  sizes.setRows(rowsOf('c', 'd'));
  sizes.put(0, 30);
  sizes.put(1, 40);
  sizes.setRows(rowsOf('a', 'b', 'c', 'd'));
  expect([sizes.sizeOf(2), sizes.sizeOf(3)]).toEqual([30, 40]);
  expect(sizes.offsetOf(4) - sizes.offsetOf(2)).toBe(70);
});

test('guesses by what it has measured, anew each time that has doubled', () => {
  const sizes = createRowSizes();
  sizes.setRows(rowsOf('a', 'b', 'c', 'd', 'e', 'f'));
  sizes.put(0, 50);
  sizes.put(1, 150);
  sizes.guessAnew();
  expect(sizes.sizeOf(5)).toBe(100);
  sizes.put(2, 400);
  sizes.guessAnew();
  expect(sizes.sizeOf(5)).toBe(100);
  sizes.put(3, 200);
  sizes.guessAnew();
  expect(sizes.sizeOf(5)).toBe(200);
  expect(sizes.offsetOf(6)).toBe(50 + 150 + 400 + 200 + 200 + 200);
});
