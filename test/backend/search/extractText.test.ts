import { describe, expect, test } from 'vitest';
import { createTextWriter } from '../../../src/backend/search/createTextWriter.js';
import { extractText as writeText } from '../../../src/backend/search/extractText.js';
import { FILE_LIMITS } from '../../../src/backend/search/fileLimits.js';
import { createPdf } from './createPdf.js';

async function extractText(filename: string, bytes: Uint8Array): Promise<string> {
  const pieces: string[] = [];
  const writer = createTextWriter({
    limits: FILE_LIMITS,
    onStart: () => {},
    onText: (text) => pieces.push(text),
    pause: async () => {},
  });
  await writeText(filename, bytes, writer, FILE_LIMITS);
  writer.end();
  return pieces.join('');
}

const encode = (text: string) => new TextEncoder().encode(text);
const extract = (filename: string, text: string) => extractText(filename, encode(text));

test('keeps text and markdown, except for line ends and invisible characters', async () => {
  expect(await extract('notes.txt', '\uFEFFGreen tea\r\nBlack\u00AD tea  \r\n')).toBe(
    'Green tea\nBlack tea',
  );
  expect(await extract('notes.md', '# Tea\n\n- *green*\n')).toBe('# Tea\n\n- *green*');
  expect(await extract('LICENSE', 'Do as you like.')).toBe('Do as you like.');
});

test('decodes UTF-16 and Windows-1252', async () => {
  const utf16 = new Uint8Array([
    0xff,
    0xfe,
    ...Array.from('Tee für 日').flatMap((letter) => [
      letter.charCodeAt(0) & 255,
      letter.charCodeAt(0) >> 8,
    ]),
  ]);
  expect(await extractText('a.txt', utf16)).toBe('Tee für 日');
  const swapped = utf16.map((_, index) => utf16[index ^ 1] ?? 0);
  expect(await extractText('a.txt', swapped)).toBe('Tee für 日');
  expect(
    await extractText('a.txt', new Uint8Array([0x54, 0x65, 0x65, 0x20, 0x66, 0xfc, 0x72])),
  ).toBe('Tee für');
});

test('extracts the visible text of an HTML page only', async () => {
  const page = `<!DOCTYPE html><html><head><title>All  about
    tea</title><style>p { color: red }</style></head>
    <body><script>steal()</script><h1>Tea &amp; <em>pots</em></h1><p>Green<br>Black&nbsp;tea</p>
    <table><tr><td>Oolong</td><td>3</td></tr></table><noscript>Turn it on</noscript><svg><text>Drawn</text></svg></body></html>`;
  const text = 'All about tea\nTea & pots\nGreen\nBlack tea\nOolong 3';
  expect(await extract('tea.html', page)).toBe(text);
  expect(await extract('tea', page)).toBe(text);
});

test('writes the path of each JSON value', async () => {
  const menu = {
    teas: [
      { name: 'green', minutes: 2 },
      { name: 'oolong', sold: null },
    ],
    open: true,
  };
  expect(await extract('menu.json', JSON.stringify(menu))).toBe(
    'teas[0].name: green\nteas[0].minutes: 2\nteas[1].name: oolong\nteas[1].sold: null\nopen: true',
  );
  expect(await extract('menu.jsonl', '{"name":"green"}\n\n{"name":"oolong"}\n')).toBe(
    '[0].name: green\n[1].name: oolong',
  );
  expect(await extract('broken.json', '{"name": green')).toBe('{"name": green');
});

test('extracts deeply nested JSON', async () => {
  const deep = `${'['.repeat(5000)}1${']'.repeat(5000)}`;
  expect(await extract('deep.json', deep)).toContain('1');
});

test('writes the column names into each row of a table', async () => {
  const table = 'tea,notes,minutes\ngreen,"light, ""fresh""\nand sweet",2\n\noolong,,3\n';
  expect(await extract('teas.csv', table)).toBe(
    'tea: green; notes: light, "fresh"\nand sweet; minutes: 2\ntea: oolong; minutes: 3',
  );
  expect(await extract('teas.tsv', 'tea\tminutes\ngreen\t2\n')).toBe('tea: green; minutes: 2');
  expect(await extract('teas.csv', 'tea;minutes\ngreen;2\n')).toBe('tea: green; minutes: 2');
});

test('extracts the pages of a PDF with any file name', async () => {
  const pdf = createPdf(
    ['Green tea tastes best', 'at 75 degrees.'],
    ['Black tea wants boiling water.'],
  );
  const text = 'Green tea tastes best\nat 75 degrees.\n\nBlack tea wants boiling water.';
  expect(await extractText('tea.pdf', pdf)).toBe(text);
  expect(await extractText('upload', pdf)).toBe(text);
  expect(pdf.byteLength).toBeGreaterThan(0);
});

describe('returns no text for', () => {
  test.each([
    ['picture.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00])],
    ['notes.txt', new Uint8Array([0x50, 0x4b, 0x03, 0x04])],
    ['broken.pdf', encode('%PDF-1.4 and then nothing that is a PDF')],
    ['empty.txt', new Uint8Array()],
  ])('%s', async (filename, bytes) => {
    expect(await extractText(filename, bytes)).toBe('');
  });
});

// Quadratic work on a million characters would exceed the timeout on any machine.
test('extracts long runs of spaces and unclosed tags', async () => {
  const spaces = ' '.repeat(1_000_000);
  expect(await extract('spaces.txt', `a${spaces}b`)).toHaveLength(1_000_002);
  expect(await extract('spaces.html', `<p>a${spaces}b${'<b>'.repeat(20_000)}`)).toBe('a b');
});
