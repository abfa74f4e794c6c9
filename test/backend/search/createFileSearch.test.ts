import { afterEach, describe, expect, test, vi } from 'vitest';
import { createFileService } from '../../../src/backend/search/createFileService.js';
import type { FileLimits } from '../../../src/backend/search/fileLimits.js';
import { SPLITTING } from '../../../src/backend/search/splitText.js';
import type { FileObject } from '../../../src/protocol/types.js';
import { createPdf } from './createPdf.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const createFile = (id: string): FileObject => ({
  id,
  object: 'file',
  bytes: 1,
  created_at: 1,
  filename: id,
  purpose: 'assistants',
  status: 'processed',
});

const noWorker = () => {
  throw new Error('This environment has no workers.');
};

/** Creates a search over files with the given contents, and records which files are read. */
function createTestSearch(
  files: Record<string, string | Uint8Array>,
  { limits, inProcess = false }: { limits?: Partial<FileLimits>; inProcess?: boolean } = {},
) {
  const reads: string[] = [];
  const { search } = createFileService({
    readFile: async (id) => {
      reads.push(id);
      const content = files[id];
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
    now: () => 0,
    limits,
    createWorker: inProcess ? noWorker : undefined,
  });
  const findAll = (
    query: string,
    options: { names?: string[]; limit?: number; threshold?: number; size?: number } = {},
  ) =>
    search.find(
      {
        query,
        files: (options.names ?? Object.keys(files)).map((id) => ({
          file: createFile(id),
          splitting: options.size === undefined ? SPLITTING : { size: options.size, overlap: 0 },
        })),
        limit: options.limit ?? 20,
        threshold: options.threshold ?? 0,
      },
      new AbortController().signal,
    );
  const find = async (...parameters: Parameters<typeof findAll>) =>
    (await findAll(...parameters)).passages;
  return {
    reads,
    findAll,
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

test('reads each file once', async () => {
  const { reads, find } = createTestSearch(TEAS);
  await Promise.all([find('green'), find('black')]);
  await find('pots', { names: ['pots.pdf', 'black.txt', 'green.md'] });
  await find('pots', { names: ['pots.pdf'] });
  expect(reads).toEqual(['green.md', 'black.txt', 'pots.pdf']);
  await find('pots', { names: ['pots.pdf'], size: 400 });
  expect(reads).toHaveLength(3);
});

test('keeps the files of backends apart, although they share workers and may have the same ids', async () => {
  const one = createTestSearch({ 'a.txt': 'Green tea' });
  const other = createTestSearch({ 'a.txt': 'Black tea' });
  expect((await one.find('tea')).map(({ text }) => text)).toEqual(['Green tea']);
  expect((await other.find('tea')).map(({ text }) => text)).toEqual(['Black tea']);
});

test('retries a file that could not be read', async () => {
  let fails = true;
  const { search } = createFileService({
    now: () => 0,
    readFile: async () => {
      if (fails) throw new Error('The disk is not available.');
      return new TextEncoder().encode('Green tea');
    },
  });
  const query = {
    query: 'tea',
    files: [{ file: createFile('a.txt'), splitting: SPLITTING }],
    limit: 1,
    threshold: 0,
  };
  const { signal } = new AbortController();
  await expect(search.find(query, signal)).rejects.toThrow('The disk is not available.');
  fails = false;
  expect((await search.find(query, signal)).passages).toHaveLength(1);
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
  { length: 2_000 },
  (_, index) => `Tea number ${index} is kept in tin number ${(index * 7919) % 2_000}.`,
);

test.each([
  ['a text', 'long.txt', LINES.join('\n')],
  [
    'a table',
    'long.csv',
    LINES.map((line, index) => `${index},"${line}\nBest before ${index}"`).join('\r\n'),
  ],
  ['JSON', 'long.json', JSON.stringify(LINES)],
  ['a page', 'long.html', LINES.map((line) => `<p>${line}</p>`).join('')],
])(
  'yields to the event loop without a worker while it reads and indexes %s',
  async (_, name, content) => {
    const { find } = createTestSearch(
      { 'a.txt': 'Loaded before.', [name]: content },
      { inProcess: true },
    );
    await find('loaded', { names: ['a.txt'] });
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
  },
);

describe('tells what is left out', () => {
  const BLANK = 'It has no words.';

  test.each<[string, string | Uint8Array, Partial<FileLimits>, string]>([
    ['a.txt', 'tea '.repeat(100), { textLength: 40 }, 'more than 40 characters of text'],
    ['b.txt', 'tea '.repeat(100), { decodedBytes: 40 }, 'more than 40 bytes of text'],
    ['a.csv', 'a,b,c\n1,2,3\n', { columns: 2 }, 'more than 2 columns'],
    ['b.csv', 'a\n1\n2\n3\n', { rows: 2 }, 'more than 2 rows'],
    ['a.pdf', createPdf(['tea'], ['tea']), { pages: 1 }, 'more than 1 pages'],
  ])('of %s', async (name, content, limits, reason) => {
    const { findAll } = createTestSearch({ [name]: content }, { limits });
    const { notices } = await findAll('tea');
    expect(notices).toEqual([`Only a part of '${name}' was read, because it has ${reason}.`]);
  });

  test.each<[string, string | Uint8Array, Partial<FileLimits>, string]>([
    ['a.pdf', '%PDF-1.4 and nothing else', {}, 'it is damaged or encrypted'],
    [
      'b.pdf',
      createPdf(['tea']),
      { inflatedBytes: 10 },
      'its content expands to more than 10 bytes',
    ],
    ['c.pdf', createPdf([]), {}, 'it contains no text (scanned pages are images)'],
    ['c.html', '<script>tea</script>', {}, 'it contains no text'],
    ['a.docx', new Uint8Array([0x50, 0x4b, 3, 4, 0]), {}, 'it is damaged or encrypted'],
    [
      'a.doc',
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]),
      {},
      'it is encrypted, or in an old format (doc, ppt, xls). Save it as docx, pptx or xlsx without a password',
    ],
  ])('if %s cannot be read', async (name, content, limits, reason) => {
    const { findAll } = createTestSearch({ [name]: content, 'b.txt': 'tea' }, { limits });
    const { passages, notices } = await findAll('tea');
    expect(notices).toEqual([`'${name}' was not read, because ${reason}.`]);
    expect(passages.map(({ filename }) => filename)).toEqual(['b.txt']);
  });

  test('if the files have too many words', async () => {
    const words = Array.from({ length: 2_000 }, (_, index) => `tea ${index}.`).join('\n\n');
    const { findAll } = createTestSearch({ 'a.txt': words }, { limits: { indexedWords: 1_000 } });
    const { passages, notices } = await findAll('tea');
    expect(passages.length).toBeGreaterThan(0);
    expect(notices).toEqual([
      'Only a part of the files was searched, because together they have more than 1,000 words or too many different ones, or take too long to index.',
    ]);
  });

  test('if a PDF cannot be read without a worker', async () => {
    const files = { 'a.pdf': createPdf(['tea']), 'b.txt': BLANK };
    const { notices } = await createTestSearch(files, { inProcess: true }).findAll('tea');
    expect(notices).toEqual([
      "'a.pdf' was not read, because PDF and Office files are read in a worker, and this server could not start one.",
    ]);
  });
});
