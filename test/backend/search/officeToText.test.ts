import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createTextWriter } from '../../../src/backend/search/createTextWriter.js';
import { extractText } from '../../../src/backend/search/extractText.js';
import { FILE_LIMITS, type FileLimits } from '../../../src/backend/search/fileLimits.js';
import { createDocx, createOffice, createPptx, createXlsx, paragraph } from './createOffice.js';

/** Returns the text of a file, and why a part of it is missing. */
async function read(
  bytes: Uint8Array,
  { filename = 'upload', ...changed }: Partial<FileLimits> & { filename?: string } = {},
): Promise<{ text: string; reason: string | undefined }> {
  const limits = { ...FILE_LIMITS, ...changed };
  const pieces: string[] = [];
  const writer = createTextWriter({
    limits,
    onStart: () => {},
    onText: (text) => pieces.push(text),
    pause: async () => {},
  });
  await extractText(filename, bytes, writer, limits);
  const reason = writer.end();
  return { text: pieces.join(''), reason };
}

const readAll = async (bytes: Uint8Array) => {
  const { text, reason } = await read(bytes);
  expect(reason).toBeUndefined();
  return text;
};

describe('a document', () => {
  test('has a line for each paragraph and each row of a table, then its notes', async () => {
    const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;
    const body = `${paragraph('Green &amp; black &#x8336;')}<w:p><w:r><w:t xml:space="preserve">a </w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>
      <w:tbl><w:tr>${cell('tea')}${cell('minutes')}</w:tr><w:tr>${cell('oolong')}${cell('3')}</w:tr></w:tbl>`;
    const notes = `<w:footnotes>${paragraph('A note.')}</w:footnotes>`;
    expect(await readAll(createDocx(body, { 'word/footnotes.xml': notes }))).toBe(
      'Green & black 茶\na \tb\nc\ntea \tminutes\noolong \t3\n\n\nA note.',
    );
  });

  test('lacks what was deleted or moved, fields, and copies for older programs', async () => {
    const hidden = [
      '<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>',
      '<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>',
      '<w:r><w:instrText>PAGE</w:instrText></w:r>',
      '<mc:AlternateContent><mc:Choice><w:t>new</w:t></mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent>',
    ];
    expect(await readAll(createDocx(`<w:p>${hidden.join('')}</w:p>`))).toBe('new');
  });

  test('is detected by its content, not by its name', async () => {
    const bytes = createDocx(paragraph('Tea'));
    for (const filename of ['a.docx', 'a.txt', 'a.xlsx', 'upload', 'a.csv'])
      expect((await read(bytes, { filename })).text).toBe('Tea');
    const text = new TextEncoder().encode('Just text');
    expect((await read(text, { filename: 'a.docx' })).text).toBe('Just text');
  });
});

test('a presentation has its slides in their order, each with the notes of its speaker', async () => {
  const slides = [{ text: 'First', notes: 'Say hello' }, { text: 'Second' }, { text: 'Third' }];
  const bytes = createPptx(slides);
  expect((await readAll(bytes)).split(/\n+/)).toEqual(['First', 'Say hello', 'Second', 'Third']);
  expect(await read(bytes, { pages: 2 })).toEqual({
    text: expect.stringMatching(/Second$/),
    reason: 'pages',
  });
});

describe('a workbook', () => {
  const number = (name: string, value: string | number, style = 0) =>
    `<c r="${name}" s="${style}"><v>${value}</v></c>`;
  const shared = (name: string, index: number) => `<c r="${name}" t="s"><v>${index}</v></c>`;
  const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;

  test('has the names of the columns in each row', async () => {
    const texts = ['Teas 2026', 'tea', 'minutes', 'green', 'oo'];
    const items = texts.map((text) => `<si><t>${text}</t></si>`).join('');
    const rows = [
      shared('A1', 0),
      `${shared('A3', 1)}${shared('C3', 2)}`,
      `${shared('A4', 3)}${number('C4', '2.1000000000000001')}`,
      `${shared('A5', 5)}<c r="B5" t="b"><v>1</v></c><c r="C5" t="str"><f>1+1</f><v>two</v></c>`,
    ];
    const bytes = createXlsx(
      { Teas: rows.map((row) => `<row>${row}</row>`).join(''), More: '' },
      { texts: `${items}<si><r><t>oo</t></r><r><t>long</t></r><rPh><t>ウー</t></rPh></si>` },
    );
    expect(await readAll(bytes)).toBe(
      'Teas\nTeas 2026\ntea; minutes\ntea: green; minutes: 2.1\ntea: oolong; TRUE; minutes: two\n\nMore',
    );
  });

  test.each<[string, string, string]>([
    ['a date', '<workbookPr/>', '2026-11-30; 2026-11-30 12:00; 06:00; 46356; 2026-11-30'],
    [
      'a date of 1904',
      '<workbookPr date1904="1"/>',
      '2030-12-01; 2030-12-01 12:00; 06:00; 46356; 2030-12-01',
    ],
  ])('has %s as text', async (_, workbook, expected) => {
    const styles = `<numFmts><numFmt numFmtId="164" formatCode="[Red]&quot;min&quot; dd/mm/yy"/><numFmt numFmtId="165" formatCode="0.00 &quot;days&quot;"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/><xf numFmtId="164"/></cellXfs>`;
    const cells = [
      number('A1', 46356, 1),
      number('B1', 46356.5, 1),
      number('C1', 0.25, 1),
      number('D1', 46356, 2),
      number('E1', 46356, 3),
    ];
    const bytes = createXlsx({ S: `<row>${cells.join('')}</row>` }, { styles, workbook });
    expect(await readAll(bytes)).toBe(`S\n${expected}`);
  });

  test.each<[string, Partial<FileLimits>, string]>([
    ['rows', { rows: 3 }, 'rows'],
    ['cells', { cells: 7 }, 'cells'],
    ['columns', { columns: 1 }, 'columns'],
    ['text', { textLength: 20 }, 'textLength'],
  ])('stops at the limit of %s', async (_, limits, reason) => {
    const rows = `<row>${inline('a')}${inline('b')}</row>`.repeat(100);
    const result = await read(createXlsx({ One: rows, Two: rows }), limits);
    expect(result.reason).toBe(reason);
    expect(result.text).toContain('One');
    expect(result.text.length).toBeLessThan(1_500);
  });

  test('survives cells that refer to one long text, and absurd references', async () => {
    const cell = shared('XFD1', 0) + shared('A1', 0) + shared('ZZZZ9', -1) + shared('', 1e9);
    const bytes = createXlsx(
      { S: `<row>${cell}</row>`.repeat(20_000) },
      { texts: `<si><t>${'tea '.repeat(100_000)}</t></si>` },
    );
    const { text, reason } = await read(bytes);
    expect(['columns', 'textLength']).toContain(reason);
    expect(text.length).toBeLessThanOrEqual(FILE_LIMITS.textLength);
  });
});

/** Returns the place of the entry of the document in the list of parts at the end of a file. */
function findEntry(bytes: Uint8Array): number {
  const name = strToU8('word/document.xml');
  const start = bytes.findLastIndex((_, index) =>
    name.every((byte, at) => bytes[index + at] === byte),
  );
  return start - 46;
}

describe('hostile files', () => {
  const encrypted = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0]);
  const docx = createDocx(paragraph('Tea'));

  test.each<[string, Uint8Array, Partial<FileLimits>, string]>([
    ['a zip file of something else', createOffice({ 'a.txt': 'tea' }), {}, 'format'],
    ['an encrypted or old file', encrypted, {}, 'oldOffice'],
    ['half a file', docx.subarray(0, docx.length / 2), {}, 'damaged'],
    ['a file without a worker', docx, { inflatedBytes: 0 }, 'noWorker'],
    [
      'a binary document',
      createDocx('', { 'word/document.xml': new Uint8Array([0, 1]) }),
      {},
      'damaged',
    ],
    [
      'a zip bomb',
      createDocx('', { 'word/document.xml': new Uint8Array(2_000_000).fill(0x20) }),
      { inflatedBytes: 1_000_000 },
      'inflatedBytes',
    ],
  ])('%s gives its reason', async (_, bytes, limits, reason) => {
    expect(await read(bytes, limits)).toEqual({ text: '', reason });
  });

  test('a zip bomb with a wrong size takes no more memory than it declares', async () => {
    const bytes = createDocx(paragraph('x'.repeat(1_000_000)));
    new DataView(bytes.buffer).setUint32(findEntry(bytes) + 24, 1_000, true);
    const { text } = await read(bytes);
    expect(text.length).toBeLessThan(1_000);
  });

  test('a part that is not compressed counts with all its bytes', async () => {
    const bytes = Uint8Array.from(
      zipSync({ 'word/document.xml': strToU8(paragraph('x'.repeat(10_000))) }, { level: 0 }),
    );
    new DataView(bytes.buffer).setUint32(findEntry(bytes) + 24, 0, true);
    expect(await read(bytes, { inflatedBytes: 9_000 })).toEqual({
      text: '',
      reason: 'inflatedBytes',
    });
  });

  test('a list of more parts than the file can have is not read to its end', async () => {
    const bytes = createDocx(paragraph('Tea'));
    const end = bytes.length - 22;
    const extended = new Uint8Array(bytes.length + 76);
    extended.set(bytes.subarray(0, end));
    extended.set(bytes.subarray(end), end + 76);
    const view = new DataView(extended.buffer);
    // A second end, which long files have: with the number of parts and the place of their list. Its own place is after it.
    view.setUint32(end, 0x06064b50, true);
    view.setUint32(end + 32, 0xffffffff, true);
    view.setUint32(end + 48, view.getUint32(end + 76 + 16, true), true);
    view.setUint32(end + 56, 0x07064b50, true);
    view.setUint32(end + 56 + 8, end, true);
    expect(await read(extended)).toEqual({ text: '', reason: 'damaged' });
  });

  test('entities, also external ones, are not resolved', async () => {
    const document = `<!DOCTYPE x [<!ENTITY a "evil"><!ENTITY b SYSTEM "file:///etc/passwd">]><w:document>${paragraph('tea &a;&b;')}</w:document>`;
    expect(await readAll(createDocx('', { 'word/document.xml': document }))).toBe('tea &a;&b;');
  });

  test('relations to other places are ignored', async () => {
    const relations =
      '<Relationships><Relationship Id="rId1" TargetMode="External" Target="slides/slide1.xml"/><Relationship Id="rId2" Target="https://[evil"/><Relationship Id="rId3" Target="../../../slides/x.xml"/></Relationships>';
    const bytes = createOffice({
      'ppt/presentation.xml':
        '<p:sldIdLst><p:sldId r:id="rId1"/><p:sldId r:id="rId2"/><p:sldId r:id="rId3"/></p:sldIdLst>',
      'ppt/_rels/presentation.xml.rels': relations,
      'ppt/slides/slide1.xml': '<a:p><a:t>no</a:t></a:p>',
    });
    expect(await readAll(bytes)).toBe('');
  });

  test('unbalanced and deeply nested elements are read once', async () => {
    const body = `${'</w:t></w:p></w:tc></w:del>'.repeat(1000)}${'<w:tbl><w:tr><w:tc>'.repeat(20_000)}${paragraph('tea')}<w:del>${'<w:del>'.repeat(1000)}`;
    expect(await readAll(createDocx(body))).toBe('tea');
  });
});
