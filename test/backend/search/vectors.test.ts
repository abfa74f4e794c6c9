import { expect, it } from 'vitest';
import { fuseRankings } from '../../../src/backend/search/vectors/fuseRankings.js';
import { indexVectors } from '../../../src/backend/search/vectors/indexVectors.js';
import { quantizeVector } from '../../../src/backend/search/vectors/quantizeVector.js';

const toRanking = (...positions: number[]) =>
  positions.map((position) => ({ position, score: 0.5 }));

it('ranks passages that both rankings have before those of one', () => {
  const fused = fuseRankings(toRanking(1, 2, 3), toRanking(4, 2, 1));
  expect(fused.map(({ position }) => position)).toEqual([1, 2, 4, 3]);
  expect(fuseRankings(toRanking(7), toRanking(7))).toEqual([{ position: 7, score: 1 }]);
  expect(fuseRankings(toRanking(7), [])).toEqual([{ position: 7, score: 0.5 }]);
  expect(fuseRankings([], [])).toEqual([]);
});

it('keeps the order of passages with equal scores', () => {
  const fused = fuseRankings(toRanking(2, 5), toRanking(5, 2));
  expect(fused.map(({ position }) => position)).toEqual([2, 5]);
});

it('finds the vectors with the smallest angle, in all files or some', () => {
  const join = (...vectors: number[][]) =>
    Int8Array.from(vectors.flatMap((vector) => [...quantizeVector(Float32Array.from(vector))]));
  const index = indexVectors([
    { fileId: 'a', dimensions: 2, values: join([1, 0], [0, 0], [-1, 0]) },
    { fileId: 'b', dimensions: 2, values: join([0, 5], [3, 3]) },
    { fileId: 'other model', dimensions: 3, values: join([1, 1, 1]) },
  ]);
  const search = (only?: string[]) =>
    index
      .search(new Float32Array([0.001, 0]), 10, only)
      .map(({ fileId, number, similarity }) => [fileId, number, Math.round(similarity * 100)]);
  expect(search()).toEqual([
    ['a', 0, 100],
    ['b', 1, 71],
  ]);
  expect(search(['b'])).toEqual([['b', 1, 71]]);
  expect(index.search(new Float32Array([1, 1]), 1)).toHaveLength(1);
  expect(index.search(new Float32Array(2), 10)).toEqual([]);
  expect(index.bytes).toBe(13);
});

it('keeps angles when it reduces vectors to bytes', () => {
  const createVector = (seed: number) =>
    Float32Array.from({ length: 384 }, (_, index) => Math.sin(seed * 7919 + index * index));
  const [one, other] = [createVector(1), createVector(2)];
  const multiply = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const getCosine = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    multiply(a, b) / Math.sqrt(multiply(a, a) * multiply(b, b));
  const reduced = getCosine(quantizeVector(one), quantizeVector(other));
  expect(reduced).toBeCloseTo(getCosine(one, other), 2);
});
