import { afterEach, expect, test, vi } from 'vitest';
import { createFileSearch } from '../../../src/backend/search/createFileSearch.js';
import { SPLITTING } from '../../../src/backend/search/splitText.js';
import { createPdf } from './createPdf.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Creates a search over files with the given contents, and records which files are read. */
function createTestSearch(files: Record<string, string | Uint8Array>) {
  const reads: string[] = [];
  const search = createFileSearch(async (id) => {
    reads.push(id);
    const content = files[id];
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  });
  const find = (
    query: string,
    options: { names?: string[]; limit?: number; threshold?: number; size?: number } = {},
  ) =>
    search.find({
      query,
      files: (options.names ?? Object.keys(files)).map((id) => ({
        file: {
          id,
          object: 'file',
          bytes: 1,
          created_at: 1,
          filename: id,
          purpose: 'assistants',
          status: 'processed',
        },
        splitting: options.size === undefined ? SPLITTING : { size: options.size, overlap: 0 },
      })),
      limit: options.limit ?? 20,
      threshold: options.threshold ?? 0,
    });
  return {
    reads,
    find,
    findNames: async (query: string) => (await find(query)).map(({ filename }) => filename),
  };
}

const TEAS = {
  'green.md': '# Green tea\nGreen tea tastes best at 75 degrees. Steep it for two minutes.',
  'black.txt': 'Black tea wants boiling water and four minutes.',
  'pots.pdf': createPdf(['Clay pots keep the warmth.', 'Glass pots show the leaves.']),
};

test('ranks passages of all formats', async () => {
  const { findNames } = createTestSearch(TEAS);
  expect((await findNames('How many degrees does green tea want?'))[0]).toBe('green.md');
  expect(await findNames('boiling')).toEqual(['black.txt']);
  expect(await findNames('CLAY pot')).toEqual(['pots.pdf']);
});

test('matches other endings, misspellings, accents and scripts without spaces', async () => {
  const { findNames } = createTestSearch({
    'a.txt': 'The temperatures of the café',
    'b.txt': '緑茶は75度で淹れるとおいしい。',
    'c.txt': 'nothing',
  });
  expect(await findNames('temperature')).toEqual(['a.txt']);
  expect(await findNames('temprature')).toEqual(['a.txt']);
  expect(await findNames('CAFE')).toEqual(['a.txt']);
  expect(await findNames('緑茶')).toEqual(['b.txt']);
});

test('scores by the share of matched words, with 1 for the best passage with all words', async () => {
  const { find } = createTestSearch(TEAS);
  expect((await find('green tea degrees'))[0]?.score).toBe(1);
  expect((await find('green tea zeppelin unicorn'))[0]?.score).toBe(0.5);
  const scores = (await find('green tea minutes')).map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((one, other) => other - one));
  expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
});

test('applies the limit and the threshold', async () => {
  const { find } = createTestSearch(TEAS);
  expect(await find('tea minutes')).toHaveLength(2);
  expect(await find('tea minutes', { limit: 1 })).toHaveLength(1);
  expect((await find('green tea', { threshold: 0.9 })).map(({ filename }) => filename)).toEqual([
    'green.md',
  ]);
  expect(await find('green tea zeppelin', { threshold: 0.9 })).toEqual([]);
});

test('finds nothing without files, words or text', async () => {
  expect(await createTestSearch({}).find('tea')).toEqual([]);
  expect(await createTestSearch(TEAS).find('?!')).toEqual([]);
  expect(
    await createTestSearch({
      'picture.png': new Uint8Array([0, 1, 2]),
      'broken.pdf': '%PDF-',
    }).find('tea'),
  ).toEqual([]);
});

test('reads each file once per splitting', async () => {
  const { reads, find } = createTestSearch(TEAS);
  await Promise.all([find('green'), find('black')]);
  await find('pots', { names: ['pots.pdf', 'black.txt', 'green.md'] });
  await find('pots', { names: ['pots.pdf'] });
  expect(reads).toEqual(['green.md', 'black.txt', 'pots.pdf']);
  await find('pots', { names: ['pots.pdf'], size: 400 });
  expect(reads).toHaveLength(4);
});

test('retries a file that could not be read', async () => {
  let fails = true;
  const search = createFileSearch(async () => {
    if (fails) throw new Error('The disk is not available.');
    return new TextEncoder().encode('Green tea');
  });
  const query = {
    query: 'tea',
    files: [
      {
        file: {
          id: 'a',
          object: 'file',
          bytes: 1,
          created_at: 1,
          filename: 'a.txt',
          purpose: 'assistants',
          status: 'processed',
        } as const,
        splitting: SPLITTING,
      },
    ],
    limit: 1,
    threshold: 0,
  };
  await expect(search.find(query)).rejects.toThrow('The disk is not available.');
  fails = false;
  expect(await search.find(query)).toHaveLength(1);
});

test('limits the total length of the passages', async () => {
  const long = Array.from(
    { length: 400 },
    (_, index) => `Tea number ${index}. ${'Some words about it. '.repeat(70)}`,
  ).join('\n\n');
  const found = await createTestSearch({ 'long.txt': long }).find('tea', {
    limit: 50,
    size: 16_000,
  });
  expect(found.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(64_000);
  expect(found.length).toBeGreaterThan(2);
});

const LINES = Array.from(
  { length: 5_000 },
  (_, index) => `Tea number ${index} is kept in tin number ${(index * 7919) % 5_000}.`,
);

test.each([
  ['a text', 'long.txt', LINES.join('\n')],
  [
    'a table',
    'long.csv',
    LINES.map((line, index) => `${index},"${line}\nBest before ${index}"`).join('\r\n'),
  ],
  [
    'a PDF',
    'long.pdf',
    createPdf(...Array.from({ length: 50 }, (_, page) => LINES.slice(page * 40, page * 40 + 40))),
  ],
])('yields to the event loop while it reads and indexes %s', async (_, name, content) => {
  const { find } = createTestSearch({ 'a.pdf': createPdf(['Loaded before.']), [name]: content });
  await find('loaded', { names: ['a.pdf'] });
  // Each look at the clock takes 5 ms, so that the number of yields does not depend on the machine.
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    time += 5;
    return time;
  });
  let otherTasks = 0;
  const timer = setInterval(() => {
    otherTasks += 1;
  }, 1);
  const [found] = await find('number 7 tin', { names: [name] });
  clearInterval(timer);
  expect(found?.filename).toBe(name);
  expect(otherTasks).toBeGreaterThan(1);
});
