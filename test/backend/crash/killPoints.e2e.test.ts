import { expect, it } from 'vitest';
import { killPoints } from './killPoints.js';

it('loses nothing it has acknowledged when it is killed', async () => {
  const { acknowledged, wrong } = await killPoints(15);
  expect(wrong).toEqual([]);
  expect(acknowledged).toBeGreaterThan(50);
});
