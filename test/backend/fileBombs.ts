import { deflateSync } from 'node:zlib';
import { createDocx, createPptx, createXlsx, paragraph } from './search/createOffice.js';
import { createPdf } from './search/createPdf.js';

/** File that is made to take as much time or memory as possible. */
export interface FileBomb {
  /** Class and size, unique. */
  name: string;
  filename: string;
  create: () => Uint8Array<ArrayBuffer>;
}

/** Scale of the files: `small` ones are created quickly, `large` ones exceed the limits of memory and time. */
export type BombScale = 'small' | 'large';

/** Lists files of all classes. The first ones of each class are the most important. */
export function listFileBombs(scale: BombScale): FileBomb[] {
  const factor = scale === 'large' ? 1 : 0.05;
  return [
    ...listPdfOperators(factor),
    ...listPdfForms(factor),
    ...listPdfStreams(factor),
    ...listPdfStructures(factor),
    ...listHtml(factor),
    ...listTexts(factor),
    ...listTables(factor),
    ...listJson(factor),
    ...listArchives(factor),
    ...listOffice(factor),
    ...listDamaged(),
  ];
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function scaled(factor: number, ...counts: number[]): number[] {
  return counts.map((count) => Math.max(1, Math.round(count * factor)));
}

function bomb(name: string, filename: string, create: () => Uint8Array | string): FileBomb {
  return {
    name,
    filename,
    create() {
      const content = create();
      return typeof content === 'string' ? encode(content) : Uint8Array.from(content);
    },
  };
}

// PDF

/** Object of a PDF: a dictionary, or a dictionary with a stream. */
type PdfObject = string | { dictionary: string; stream: string | Uint8Array };

/** Creates a PDF whose first object is the catalog. */
function assemblePdf(objects: readonly PdfObject[], trailer = ''): Uint8Array {
  const parts: Uint8Array[] = [encode('%PDF-1.4\n')];
  let length = 9;
  const offsets: number[] = [];
  const add = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? encode(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    add(`${index + 1} 0 obj\n`);
    if (typeof object === 'string') add(object);
    else {
      const bytes = typeof object.stream === 'string' ? encode(object.stream) : object.stream;
      add(`<< /Length ${bytes.length} ${object.dictionary} >>\nstream\n`);
      add(bytes);
      add('\nendstream');
    }
    add('\nendobj\n');
  }
  const start = length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`);
  add(
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
  );
  return Buffer.concat(parts);
}

/** Creates a PDF with one page. `more` are the objects from number 6 on. */
function createPage(
  content: PdfObject,
  { resources = '', more = [] }: { resources?: string; more?: readonly PdfObject[] } = {},
): Uint8Array {
  return assemblePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> ${resources} >> >>`,
    content,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...more,
  ]);
}

const plain = (stream: string): PdfObject => ({ dictionary: '', stream });

/** Compresses a text of repeated parts without creating all of it. */
function deflated(stream: string | Uint8Array, times = 1): PdfObject {
  let bytes: Uint8Array = typeof stream === 'string' ? encode(stream) : stream;
  for (let count = 0; count < times; count++) bytes = deflateSync(bytes, { level: 9 });
  const filters = Array.from({ length: times }, () => '/FlateDecode').join(' ');
  return { dictionary: `/Filter [${filters}]`, stream: bytes };
}

const TEXT = 'BT /F1 12 Tf 40 760 Td (Green tea) Tj ET\n';

function listPdfOperators(factor: number): FileBomb[] {
  const operators: Record<string, string> = {
    q: 'q ',
    'q and cm': 'q 1 0 0 1 0 0 cm ',
    BT: 'BT ',
    'Tf of one font': '/F1 12 Tf ',
    'Tf of a missing font': '/F9 12 Tf ',
    gs: '/G1 gs ',
    Do: '/X1 Do ',
    're and f': '0 0 1 1 re f ',
    'BDC without EMC': '/P <</MCID 0>> BDC ',
    Tj: '(a) Tj ',
    "'": "(a) ' ",
    TJ: '[(a) -300 (b)] TJ ',
    'unknown operators': 'zz ',
    'inline images': 'BI /W 1 /H 1 /BPC 8 /CS /G ID x EI ',
    operands: '1 ',
  };
  return Object.entries(operators).flatMap(([name, operator]) =>
    scaled(factor, 8_000, 400_000).map((count) =>
      bomb(`PDF with ${count} times ${name}`, 'a.pdf', () =>
        createPage(deflated(`BT /F1 12 Tf 1 0 0 1 0 0 Tm ${operator.repeat(count)}\n${TEXT}`)),
      ),
    ),
  );
}

function listPdfForms(factor: number): FileBomb[] {
  const form = (content: string, resources: string): PdfObject => ({
    dictionary: `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> ${resources} >>`,
    stream: content,
  });
  /** Each form draws the next one several times. */
  const doubling = (depth: number, times: number) =>
    createPage(plain('/X Do\n'), {
      resources: '/XObject << /X 6 0 R >>',
      more: Array.from({ length: depth }, (_, index) =>
        index === depth - 1
          ? form(TEXT, '')
          : form('/X Do\n'.repeat(times), `/XObject << /X ${index + 7} 0 R >>`),
      ),
    });
  const cycle = (length: number) =>
    createPage(plain('/X Do\n'), {
      resources: '/XObject << /X 6 0 R >>',
      more: Array.from({ length }, (_, index) =>
        form(`${TEXT}/X Do /X Do\n`, `/XObject << /X ${6 + ((index + 1) % length)} 0 R >>`),
      ),
    });
  return [
    ...[30, 60].map((depth) =>
      bomb(`PDF with ${depth} forms that each draw the next one twice`, 'a.pdf', () =>
        doubling(depth, 2),
      ),
    ),
    bomb('PDF with 10 forms that each draw the next one 50 times', 'a.pdf', () => doubling(10, 50)),
    ...scaled(factor, 2_000, 20_000).map((depth) =>
      bomb(`PDF with ${depth} nested forms`, 'a.pdf', () => doubling(depth, 1)),
    ),
    ...[1, 2, 3, 50].map((length) =>
      bomb(`PDF with ${length} forms that draw each other`, 'a.pdf', () => cycle(length)),
    ),
  ];
}

function listPdfStreams(factor: number): FileBomb[] {
  const [megabytes = 1] = scaled(factor, 200);
  const size = megabytes * 1_000_000;
  const filled = (byte: number) => new Uint8Array(size).fill(byte);
  const wrapped = (start: string, byte: number, end: string) =>
    Buffer.concat([encode(start), filled(byte), encode(end)]);
  return [
    bomb(`PDF with ${megabytes} MB of spaces`, 'a.pdf', () => createPage(deflated(filled(0x20)))),
    bomb(`PDF with ${megabytes} MB of zeros`, 'a.pdf', () => createPage(deflated(filled(0)))),
    bomb(`PDF with ${megabytes} MB, compressed twice`, 'a.pdf', () =>
      createPage(deflated(filled(0x20), 2)),
    ),
    bomb(`PDF with a string of ${megabytes} MB`, 'a.pdf', () =>
      createPage(deflated(wrapped('BT /F1 12 Tf (', 0x61, ') Tj ET'))),
    ),
    bomb(`PDF with a hexadecimal string of ${megabytes} MB`, 'a.pdf', () =>
      createPage(deflated(wrapped('BT /F1 12 Tf <', 0x61, '> Tj ET'))),
    ),
    bomb(`PDF with a name of ${megabytes} MB`, 'a.pdf', () =>
      createPage(deflated(wrapped('BT /', 0x61, ' 12 Tf ET'))),
    ),
    bomb(`PDF with a comment of ${megabytes} MB`, 'a.pdf', () =>
      createPage(deflated(wrapped('%', 0x61, '\n'))),
    ),
    bomb(`PDF with a number of ${megabytes} MB`, 'a.pdf', () => createPage(deflated(filled(0x31)))),
    bomb(`PDF with ${megabytes} MB of open brackets`, 'a.pdf', () =>
      createPage(deflated(filled(0x5b))),
    ),
    bomb(`PDF with ${megabytes} MB of open dictionaries`, 'a.pdf', () =>
      createPage(deflated(filled(0x3c))),
    ),
    bomb(`PDF with ${megabytes} MB of open strings`, 'a.pdf', () =>
      createPage(deflated(filled(0x28))),
    ),
    bomb('PDF with a run-length bomb', 'a.pdf', () =>
      createPage({
        dictionary: '/Filter [/FlateDecode /RunLengthDecode]',
        stream: deflateSync(
          Uint8Array.from({ length: size / 50 }, (_, index) => (index % 2 === 0 ? 129 : 0x20)),
        ),
      }),
    ),
    bomb('PDF with an LZW stream of noise', 'a.pdf', () =>
      createPage({
        dictionary: '/Filter /LZWDecode',
        stream: Uint8Array.from({ length: size / 100 }, (_, index) => (index * 7919) % 251),
      }),
    ),
    bomb('PDF with a damaged deflate stream', 'a.pdf', () =>
      createPage({
        dictionary: '/Filter /FlateDecode',
        stream: new Uint8Array(size / 100).fill(0x78),
      }),
    ),
    bomb('PDF that draws one stream 100,000 times', 'a.pdf', () => {
      const contents = '4 0 R '.repeat(Math.round(100_000 * factor));
      return assemblePdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [${contents}] /Resources << /Font << /F1 5 0 R >> >> >>`,
        deflated(TEXT.repeat(1_000)),
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      ]);
    }),
    bomb('PDF with a character map of four billion codes', 'a.pdf', () =>
      assemblePdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
        plain(TEXT),
        '<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [7 0 R] >>',
        plain(
          '1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange',
        ),
        '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [0 2000000000 500] >>',
      ]),
    ),
  ];
}

function listPdfStructures(factor: number): FileBomb[] {
  const catalog = '<< /Type /Catalog /Pages 2 0 R >>';
  const page =
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>';
  const rest = [plain(TEXT), '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'];
  const pages = (dictionary: string, ...more: string[]) =>
    assemblePdf([catalog, `<< /Type /Pages ${dictionary} >>`, page, ...rest, ...more]);
  const [many = 1] = scaled(factor, 200_000);
  return [
    bomb('PDF that claims a billion pages', 'a.pdf', () =>
      pages('/Kids [3 0 R] /Count 1000000000'),
    ),
    bomb(`PDF with ${many} times the same page`, 'a.pdf', () =>
      pages(`/Kids [${'3 0 R '.repeat(many)}] /Count ${many}`),
    ),
    bomb('PDF whose page tree contains itself', 'a.pdf', () =>
      pages('/Kids [2 0 R 2 0 R 3 0 R] /Count 9'),
    ),
    bomb(`PDF with a page tree of ${many} levels`, 'a.pdf', () =>
      pages(
        '/Kids [6 0 R] /Count 1',
        ...Array.from(
          { length: Math.min(many, 50_000) },
          (_, index) => `<< /Type /Pages /Kids [${index + 7} 0 R] /Count 1 >>`,
        ),
      ),
    ),
    bomb('PDF whose cross-references refer to themselves', 'a.pdf', () =>
      assemblePdf(
        [catalog, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page, ...rest],
        '/Prev 9 /XRefStm 9',
      ),
    ),
    bomb('PDF whose objects refer to themselves', 'a.pdf', () =>
      assemblePdf(['1 0 R', '2 0 R', '3 0 R']),
    ),
    bomb('PDF whose content has the length of itself', 'a.pdf', () =>
      assemblePdf([
        catalog,
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        page,
        { dictionary: '/Length 4 0 R', stream: TEXT },
        rest[1] ?? '',
      ]),
    ),
    ...scaled(factor, 100_000, 2_000_000).flatMap((depth) => [
      bomb(`PDF with ${depth} nested lists`, 'a.pdf', () =>
        createPage(plain(TEXT), { more: [`${'['.repeat(depth)}${']'.repeat(depth)}`] }),
      ),
      bomb(`PDF with resources of ${depth} nested dictionaries`, 'a.pdf', () =>
        createPage(plain(TEXT), {
          resources: `/A ${'<< /A '.repeat(depth)} 1 ${'>>'.repeat(depth)}`,
        }),
      ),
    ]),
    bomb(`PDF with ${many} objects`, 'a.pdf', () =>
      createPage(plain(TEXT), { more: Array.from({ length: many }, () => '<< /A 1 >>') }),
    ),
    bomb(
      `PDF with ${many} headers of objects only`,
      'a.pdf',
      () => `%PDF-1.4\n${'1 0 obj\n'.repeat(many)}`,
    ),
    bomb(
      `PDF with ${many} trailers`,
      'a.pdf',
      () => `%PDF-1.4\n${'trailer\n<< /Root 1 0 R >>\n'.repeat(many)}`,
    ),
    bomb('PDF that claims to be encrypted', 'a.pdf', () =>
      assemblePdf(
        [catalog, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page, ...rest],
        '/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /O () /U () /P -1 >> /ID [<00> <00>]',
      ),
    ),
  ];
}

// Text formats

function repeated(
  filename: string,
  start: string,
  unit: string,
  counts: readonly number[],
  end = '',
): FileBomb[] {
  const shown = unit.length > 12 ? `${unit.slice(0, 12)}…` : unit;
  return counts.map((count) =>
    bomb(
      `${filename} with ${count} times ${JSON.stringify(shown)} after ${JSON.stringify(start.slice(0, 20))}`,
      filename,
      () => `${start}${unit.repeat(count)}${end}`,
    ),
  );
}

function listHtml(factor: number): FileBomb[] {
  const counts = scaled(factor, 200_000, 2_000_000);
  const [, many = 1] = counts;
  const pieces = [
    '<div>',
    '<b>',
    '<p>',
    '<table><tr><td>',
    '<svg>',
    '<template>',
    '<select><option>',
    '<a href=x>',
    '</div>',
    '</x>',
    '<br/>',
    '<',
    '<!--',
    '<![CDATA[',
    '<?',
    '&amp;',
    '&',
    '&#x41;',
    '&notanentity;',
    '<li>a',
    '<td>a',
    '<title>',
    '<script>',
    '<head><title>a',
  ];
  return [
    ...pieces.flatMap((piece) => repeated('a.html', '<body>Green tea', piece, counts)),
    ...repeated('a.html', '<div ', 'a=b ', [many], '>tea'),
    ...repeated('a.html', '<div a="', 'x', [many], '">tea'),
    ...repeated('a.html', '<', 'x', [many], '>tea'),
    ...repeated('a.html', '<!-- ', '-', [many], '-->tea'),
    bomb(
      `HTML with ${many} closed elements`,
      'a.html',
      () => `${'<i>'.repeat(many)}tea${'</i>'.repeat(many)}`,
    ),
  ];
}

function listTexts(factor: number): FileBomb[] {
  const [many = 1] = scaled(factor, 30_000_000);
  const units = [
    '\r',
    '\n',
    '\r\n',
    ' ',
    '\t',
    '\u200b',
    '\u00ad',
    'a',
    'a ',
    '.',
    '𝒳',
    'e\u0301',
    '\u0301',
    '緑茶',
    '\ufdfa ',
    '#',
    '# \n',
    '。',
  ];
  return [
    ...units.map((unit) => {
      const count = Math.round(many / new TextEncoder().encode(unit).length);
      return bomb(`text of ${many} bytes of ${JSON.stringify(unit)}`, 'a.txt', () =>
        unit.repeat(count),
      );
    }),
    bomb('text of different words', 'a.txt', () => distinctWords(Math.round(many / 8), 36)),
    bomb('text of different short words', 'a.txt', () =>
      Array.from({ length: Math.round(many / 4) }, (_, index) =>
        String.fromCodePoint(0x400 + (index % 0x1000)),
      ).join(' '),
    ),
    bomb('text of UTF-16 without a second half', 'a.txt', () => {
      const bytes = new Uint8Array(many).fill(0xd8);
      bytes.set([0xff, 0xfe]);
      return bytes;
    }),
    bomb('text that becomes binary at its end', 'a.txt', () => {
      const bytes = new Uint8Array(many).fill(0x61);
      bytes[many - 1] = 0;
      return bytes;
    }),
    bomb('text larger than any file that is read', 'a.txt', () =>
      new Uint8Array(Math.round(70_000_000 * factor)).fill(0x61),
    ),
  ];
}

function distinctWords(count: number, radix: number): string {
  return Array.from({ length: count }, (_, index) => (index * 7919 + 104_729).toString(radix)).join(
    ' ',
  );
}

function listTables(factor: number): FileBomb[] {
  const [columns = 1, rows = 1] = scaled(factor, 100_000, 1_000_000);
  const header = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => `${'c'.repeat(length)}${index}`).join(',');
  return [
    bomb(
      `table with one wide header of ${columns} columns`,
      'a.csv',
      () => `${header(columns, 8)}\n${'1,'.repeat(columns)}\n`,
    ),
    bomb(
      'table whose long header is repeated in each row',
      'a.csv',
      () => `${header(300, 800)}\n${`${'1,'.repeat(300)}\n`.repeat(Math.round(20_000 * factor))}`,
    ),
    bomb(`table with ${rows} rows`, 'a.csv', () => `tea\n${'green\n'.repeat(rows)}`),
    bomb(`table with ${rows} empty rows`, 'a.csv', () => `tea\n${',,\n'.repeat(rows)}`),
    ...repeated('a.csv', 'tea\n"', 'a,b\n', [rows * 5]),
    ...repeated('a.csv', 'tea\n', '"', [rows * 5]),
    ...repeated('a.csv', 'tea\n', '"a""', [rows * 5]),
    ...repeated('a.csv', '', ',', [rows * 10]),
    ...repeated('a.csv', '', ';\t|,', [rows * 3]),
    ...repeated('a.tsv', 'a\tb\n', '\t', [rows * 10]),
    ...repeated('a.tsv', 'a\tb\n', 'x\r', [rows * 5]),
    ...repeated('a.csv', 'a', 'x', [rows * 20]),
  ];
}

function listJson(factor: number): FileBomb[] {
  const counts = scaled(factor, 5_000, 5_000_000);
  const [, many = 1] = counts;
  return [
    ...['[', '{"a":', '[[],', '{"a":[', '"', '\\', '[1,2,', '{"a":1,'].flatMap((unit) =>
      repeated('a.json', '', unit, counts),
    ),
    ...counts.map((depth) =>
      bomb(
        `JSON of ${depth} closed lists`,
        'a.json',
        () => `${'['.repeat(depth)}1${']'.repeat(depth)}`,
      ),
    ),
    bomb(`JSON with ${many} numbers`, 'a.json', () => `[${'1,'.repeat(many)}1]`),
    bomb(`JSON with ${many} empty objects`, 'a.json', () => `[${'{},'.repeat(many)}1]`),
    bomb('JSON with a long string', 'a.json', () => JSON.stringify({ tea: 'a'.repeat(6 * many) })),
    bomb('JSON with a long number', 'a.json', () => '1'.repeat(6 * many)),
    bomb('JSON with escapes only', 'a.json', () => `"${'\\u0041'.repeat(many)}"`),
    bomb(
      'JSON whose long key is repeated in each line',
      'a.json',
      () => `{"${'k'.repeat(100_000)}":[${'1,'.repeat(Math.round(200_000 * factor))}1]}`,
    ),
    bomb('JSON lines', 'a.jsonl', () => '{"a":1}\n'.repeat(Math.round(many / 2))),
    bomb('JSON lines of numbers', 'a.ndjson', () => '1\n'.repeat(many * 3)),
    bomb('JSON lines that are empty', 'a.ndjson', () => '\n'.repeat(many * 6)),
    bomb(
      'JSON with one object of many keys',
      'a.json',
      () =>
        `{${Array.from({ length: Math.round(many / 10) }, (_, index) => `"${index}":0`).join()}}`,
    ),
  ];
}

// Binary formats

/** Creates a ZIP file with one compressed entry. */
function createZip(entryName: string, content: Uint8Array): Uint8Array {
  const name = encode(entryName);
  const data = deflateSync(content, { level: 9 }).subarray(2, -4);
  const local = new DataView(new ArrayBuffer(30));
  local.setUint32(0, 0x04034b50, true);
  local.setUint16(4, 20, true);
  local.setUint16(8, 8, true);
  local.setUint32(18, data.length, true);
  local.setUint32(22, content.length, true);
  local.setUint16(26, name.length, true);
  return Buffer.concat([new Uint8Array(local.buffer), name, data]);
}

function listArchives(factor: number): FileBomb[] {
  const [size = 1] = scaled(factor, 200_000_000);
  const names = [
    'a.docx',
    'a.xlsx',
    'a.pptx',
    'a.odt',
    'a.epub',
    'a.zip',
    'a.txt',
    'a.csv',
    'a.json',
    'a.html',
    'a.pdf',
  ];
  return [
    ...names.map((name) =>
      bomb(`archive named ${name}`, name, () =>
        createZip('word/document.xml', new Uint8Array(size).fill(0x20)),
      ),
    ),
    bomb('archive in an archive', 'a.docx', () =>
      createZip('a.zip', createZip('b.xml', new Uint8Array(size))),
    ),
    bomb(
      'SVG image with nested entities',
      'a.svg',
      () =>
        `<!DOCTYPE svg [<!ENTITY a "tea">${Array.from({ length: 30 }, (_, index) => `<!ENTITY a${index} "&a${index - 1};&a${index - 1};">`).join('')}]><svg>&a29;</svg>`,
    ),
    bomb(
      'XML with nested entities',
      'a.xml',
      () => `<!DOCTYPE x [<!ENTITY a "tea">]><x>${'&a;'.repeat(Math.round(size / 100))}</x>`,
    ),
  ];
}

function listOffice(factor: number): FileBomb[] {
  const [large = 1, many = 1] = scaled(factor, 100_000_000, 2_000_000);
  const cells = '<c t="s"><v>0</v></c>';
  return [
    bomb('document of white space', 'a.docx', () => createDocx(' '.repeat(large))),
    bomb('document that expands to more than the limit', 'a.docx', () =>
      createDocx('', { 'word/footnotes.xml': new Uint8Array(2 * large) }),
    ),
    bomb('document of many paragraphs', 'a.docx', () =>
      createDocx(paragraph('tea').repeat(Math.ceil(many / 10))),
    ),
    bomb('document of nested tables', 'a.docx', () =>
      createDocx('<w:tbl><w:tr><w:tc>'.repeat(many)),
    ),
    bomb('document of entities', 'a.docx', () => createDocx(`<w:t>${'&amp;'.repeat(many)}</w:t>`)),
    bomb('document of one endless attribute', 'a.docx', () =>
      createDocx(`<w:t a="${'x'.repeat(Math.ceil(large / 2))}`),
    ),
    bomb('presentation of many slides', 'a.pptx', () =>
      createPptx(
        Array.from({ length: Math.ceil(many / 200) }, () => ({ text: 'tea', notes: 'green' })),
      ),
    ),
    bomb('workbook of many cells with one long text', 'a.xlsx', () =>
      createXlsx(
        { S: `<row>${cells.repeat(1_000)}</row>`.repeat(Math.ceil(many / 1_000)) },
        { texts: `<si><t>${'tea '.repeat(100_000)}</t></si>` },
      ),
    ),
    bomb('workbook of far columns', 'a.xlsx', () =>
      createXlsx({ S: '<row><c r="ALK1"><v>1</v></c></row>'.repeat(Math.ceil(many / 10)) }),
    ),
    bomb('workbook of formats with brackets', 'a.xlsx', () =>
      createXlsx(
        { S: '' },
        {
          styles: `<numFmt numFmtId="1" formatCode="${'['.repeat(many)}"/><cellXfs>${'<xf numFmtId="1"/>'.repeat(Math.ceil(many / 10))}</cellXfs>`,
        },
      ),
    ),
    bomb('workbook of many texts', 'a.xlsx', () =>
      createXlsx({ S: '' }, { texts: '<si><t>a</t></si>'.repeat(many) }),
    ),
  ];
}

function listDamaged(): FileBomb[] {
  const pdf = createPdf(['Green tea'], ['Black tea']);
  const files: [string, Uint8Array][] = [
    ['a.pdf', pdf],
    ['a.docx', createDocx(paragraph('tea'))],
    ['a.xlsx', createXlsx({ S: '<row><c><v>1</v></c></row>' })],
    [
      'a.html',
      encode('<html><head><title>Tea</title></head><body><p>Green &amp; black</p></body></html>'),
    ],
    ['a.csv', encode('tea,minutes\n"green",2\n"black",4\n')],
    ['a.json', encode('{"teas":[{"name":"green"},{"name":"bl\\u0061ck"}]}')],
  ];
  return files.flatMap(([filename, bytes]) => [
    bomb(`empty ${filename}`, filename, () => new Uint8Array()),
    ...[0.1, 0.3, 0.5, 0.7, 0.9, 0.99].map((share) =>
      bomb(`${filename}, its first ${share * 100} %`, filename, () =>
        bytes.subarray(0, Math.floor(bytes.length * share)),
      ),
    ),
    bomb(`${filename} with changed bytes`, filename, () =>
      bytes.map((byte, index) => (index % 13 === 7 ? 255 - byte : byte)),
    ),
    bomb(`${filename} backwards`, filename, () => bytes.toReversed()),
  ]);
}
