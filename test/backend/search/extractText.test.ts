import { describe, expect, test } from 'vitest';
import { extractText } from '../../../src/backend/search/extractText.js';
import { createPdf } from './createPdf.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (filename: string, text: string) => extractText(filename, bytesOf(text));

test('reads text and markdown as they are, but for line ends and what shows nothing', async () => {
  expect(await read('notes.txt', '\uFEFFGreen tea\r\nBlack\u00AD tea  \r\n')).toBe(
    'Green tea\nBlack tea',
  );
  expect(await read('notes.md', '# Tea\n\n- *green*\n')).toBe('# Tea\n\n- *green*');
  expect(await read('LICENSE', 'Do as you like.')).toBe('Do as you like.');
});

test('reads text of other encodings', async () => {
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

test('reads what a page shows, and not what it hides', async () => {
  const page = `<!DOCTYPE html><html><head><title>All  about
    tea</title><style>p { color: red }</style></head>
    <body><script>steal()</script><h1>Tea &amp; <em>pots</em></h1><p>Green<br>Black&nbsp;tea</p>
    <table><tr><td>Oolong</td><td>3</td></tr></table><noscript>Turn it on</noscript><svg><text>Drawn</text></svg></body></html>`;
  const text = 'All about tea\nTea & pots\nGreen\nBlack tea\nOolong 3';
  expect(await read('tea.html', page)).toBe(text);
  expect(await read('tea', page)).toBe(text);
});

test('reads JSON with the path of each value', async () => {
  const menu = {
    teas: [
      { name: 'green', minutes: 2 },
      { name: 'oolong', sold: null },
    ],
    open: true,
  };
  expect(await read('menu.json', JSON.stringify(menu))).toBe(
    'teas[0].name: green\nteas[0].minutes: 2\nteas[1].name: oolong\nteas[1].sold: null\nopen: true',
  );
  expect(await read('menu.jsonl', '{"name":"green"}\n\n{"name":"oolong"}\n')).toBe(
    '[0].name: green\n[1].name: oolong',
  );
  expect(await read('broken.json', '{"name": green')).toBe('{"name": green');
});

test('reads JSON of any depth', async () => {
  const deep = `${'['.repeat(5000)}1${']'.repeat(5000)}`;
  expect(await read('deep.json', deep)).toContain('1');
});

test('reads a table with the name of each column', async () => {
  const table = 'tea,notes,minutes\ngreen,"light, ""fresh""\nand sweet",2\n\noolong,,3\n';
  expect(await read('teas.csv', table)).toBe(
    'tea: green; notes: light, "fresh"\nand sweet; minutes: 2\ntea: oolong; minutes: 3',
  );
  expect(await read('teas.tsv', 'tea\tminutes\ngreen\t2\n')).toBe('tea: green; minutes: 2');
  expect(await read('teas.csv', 'tea;minutes\ngreen;2\n')).toBe('tea: green; minutes: 2');
});

test('reads the pages of a PDF, whatever it is called', async () => {
  const pdf = createPdf(
    ['Green tea tastes best', 'at 75 degrees.'],
    ['Black tea wants boiling water.'],
  );
  const text = 'Green tea tastes best\nat 75 degrees.\n\nBlack tea wants boiling water.';
  expect(await extractText('tea.pdf', pdf)).toBe(text);
  expect(await extractText('upload', pdf)).toBe(text);
  expect(pdf.byteLength).toBeGreaterThan(0);
});

describe('a file without text', () => {
  test.each([
    ['picture.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00])],
    ['notes.txt', new Uint8Array([0x50, 0x4b, 0x03, 0x04])],
    ['broken.pdf', bytesOf('%PDF-1.4 and then nothing that is a PDF')],
    ['empty.txt', new Uint8Array()],
  ])('%s', async (filename, bytes) => {
    expect((await extractText(filename, bytes)) ?? '').toBe('');
  });
});

test('takes a time that grows with the file, not faster', async () => {
  const blanks = ' '.repeat(1_000_000);
  expect(await read('blanks.txt', `a${blanks}b`)).toHaveLength(1_000_002);
  expect(await read('blanks.html', `<p>a${blanks}b${'<b>'.repeat(20_000)}`)).toBe('a b');
});
