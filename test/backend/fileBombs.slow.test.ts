import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFileBombs } from './fileBombs.js';
import { type BombServer, startBombServer } from './searchBombs.js';

let server: BombServer;
beforeAll(async () => {
  server = await startBombServer({ deadlineMs: 4_000 });
});
afterAll(() => server.close());

test.each([...listFileBombs('small'), ...listFileBombs('large')])('$name', async (bomb) => {
  const { run, steps, health } = await server.search(bomb);
  expect(run.status).toBe('completed');
  expect(steps.map(({ status }) => status)).toEqual(['completed', 'completed']);
  expect(new Set(health)).toEqual(new Set([200]));
  // The content of the files is in another process.
  expect(process.memoryUsage().heapUsed).toBeLessThan(1_000_000_000);
});
