import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FileBomb, listFileBombs } from './fileBombs.js';
import { type BombServer, startBombServer } from './searchBombs.js';

/** Share of the files that `npm test` searches. `npm run test:slow` searches all of them, and larger ones. */
const EVERY = 9;

const bombs = listFileBombs('small');
const some = bombs.filter((_, index) => index % EVERY === 0);
const endless: FileBomb = {
  ...findBomb('PDF with 60 forms that each draw the next one twice'),
  name: 'endless PDF',
};
const good: FileBomb = {
  name: 'good file',
  filename: 'tea.txt',
  create: () => new TextEncoder().encode('Green tea wants 75 degrees.'),
};

let server: BombServer;
/** Waits longer for the search of a file than any test takes. */
let patientServer: BombServer;
beforeAll(async () => {
  server = await startBombServer({ deadlineMs: 4_000 });
  patientServer = await startBombServer({ deadlineMs: 3_600_000 });
});
afterAll(async () => {
  await server.close();
  await patientServer.close();
});

function findBomb(name: string): FileBomb {
  const found = bombs.find((bomb) => bomb.name === name);
  if (found === undefined) throw new Error(`No file is named '${name}'.`);
  return found;
}

test('covers all classes with distinct files', () => {
  expect(new Set(bombs.map(({ name }) => name)).size).toBe(bombs.length);
  expect(bombs.length).toBeGreaterThan(200);
});

describe('the server answers while it searches', () => {
  test.each(some)('$name', async (bomb) => {
    const { run, steps, health } = await server.search(bomb);
    expect(run.status).toBe('completed');
    expect(steps.map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect(new Set(health)).toEqual(new Set([200]));
  });
});

test('tells on the step and on the file what is left out', async () => {
  const { file, steps } = await server.search(endless);
  const [, , sentence] =
    /^(Only a part of 'a\.pdf' was read|'a\.pdf' was not read), (because .*)$/.exec(
      String(steps[0]?.metadata?.['notice']),
    ) ?? [];
  expect(sentence).toBe('because it takes longer than 4 seconds.');
  expect(file.status_details).toContain('because it takes longer than 4 seconds.');
});

test('ends the search when the run is cancelled, and searches the next file', async () => {
  const { run: cancelled, health } = await patientServer.searchAndCancel(endless);
  expect(cancelled.status).toBe('cancelled');
  // The server would not have answered before the end of the search, had the search blocked it.
  expect(health).toEqual([200, 200, 200, 200]);
  const { run, steps, file } = await patientServer.search(good);
  expect(run.status).toBe('completed');
  expect(steps[0]?.metadata?.['notice']).toBeUndefined();
  expect(file).toMatchObject({ status: 'processed', status_details: null });
});
