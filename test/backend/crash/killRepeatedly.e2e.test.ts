import { expect, it } from 'vitest';
import { killRepeatedly } from './killRepeatedly.js';

it('keeps everything acknowledged when the server is killed', async () => {
  const { acknowledged, problems } = await killRepeatedly(15);
  expect(problems).toEqual([]);
  expect(acknowledged).toBeGreaterThan(50);
});
