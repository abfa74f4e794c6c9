const SIZE = 256_000;

const filled = (piece: string, size = SIZE): string =>
  piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index))
    .join('\n')
    .slice(0, SIZE);

/** Texts that are long, deep, wide or dense enough to freeze a naive renderer. Up to 256,000 characters each. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'quotes, one deeper on each line': lines(4_000, (index) => `${'>'.repeat(index % 3_000)} a`),
  'quotes in one line': filled('> '),
  'quotes within depth': filled(`${'> '.repeat(30)}a\n`),
  'lists, one deeper on each line': lines(700, (index) => `${' '.repeat(index * 2)}- a`),
  'lists in one line': filled('- '),
  'lists within depth': filled(lines(24, (index) => `${'  '.repeat(index)}- a`) + '\n'),
  'a list of many items': lines(64_000, () => '- a'),
  'a numbered list of loose items': lines(20_000, (index) => `${index + 1}. a\n`),
  'a table of 8,000 columns': lines(12, (row) =>
    row === 1 ? '|-'.repeat(8_000) : '|a'.repeat(8_000),
  ),
  'a table of 100 columns': lines(1_200, (row) =>
    row === 1 ? '|-'.repeat(100) : '|a'.repeat(100),
  ),
  'a table of many rows': lines(30_000, (row) => (row === 1 ? '|-|-|' : '|a|b|')),
  'no space at all': filled('x', 100_000),
  'one paragraph of words': filled('word '),
  'one paragraph of lines': filled('a line of words without an end\n'),
  'tiny paragraphs': filled('a\n\n', 255_000),
  'rich paragraphs': filled(
    'Some **bold**, *soft* and `code` with a [link](https://example.org/a) and https://example.org/b as well.\n\n',
  ),
  headings: filled('# a\n'),
  rules: filled('---\n\n'),
  'bidirectional controls': filled('\u202e\u2066abc\u202b\u2067\u05d0\u05d1 \u202a'),
  'marks above letters': filled('a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308'),
  'joined emoji': filled('👩‍👩‍👧‍👦'),
  'open emphasis': filled('**a *b _c __d ~~e '),
  stars: filled('*a'),
  'stars in a line that is still parsed': filled('*a', 23_000),
  'links in a line that is still parsed': filled('[a](https://a.b)', 23_000),
  'open emphasis in lines': filled('**a *b _c __d ~~e\n'),
  'marks in lines': filled('**a** *b* `c` [d](e) ~~f~~ https://a.b ![g](h)\n'),
  'brackets in lines': filled('[[[![[a](b\n'),
  underscores: filled('_'),
  'open brackets': filled('['),
  'brackets in pairs': filled('[a](b '),
  'open links': filled('[a](<b'),
  'backticks of growing length': lines(700, (index) => '`'.repeat(index)),
  'open angle brackets': filled('<a '),
  'open comments': filled('<!-- '),
  entities: filled('&amp;&#x41;'),
  autolinks: filled('https://example.org/a '),
  'addresses that end in dots': filled('www.a.b....... '),
  definitions: lines(8_000, (index) => `[l${index}]: https://example.org/${index}`),
  references: `${filled('[a][r] ', 200_000)}\n\n[r]: https://example.org/`,
  'code without an end': `\`\`\`js\n${filled('const a = 1;\n', 250_000)}`,
  'code in one line': `\`\`\`\n${filled('x', 250_000)}\n\`\`\``,
  'fences in quotes': filled('> ```\n> a\n'),
  'many fences': filled('```\na\n```\n\n'),
  'indented code': filled('    a\n\n'),
  'raw HTML': filled('<div>\n<b>a</b>\n\n'),
  blanks: filled(' '),
  'blanks before words': filled(`${' '.repeat(500)}a\n`),
  tabs: filled('\t'),
  'line breaks': filled('\n'),
  escapes: filled('\\'),
  'citation marks': filled('【4:0†source】'),
  images: filled('![a](https://example.org/a.png)\n\n'),
  tasks: filled('- [x] a\n'),
};

/** JSON of the same kind, for arguments and outputs of tool calls. */
export const hostileValues: Readonly<Record<string, string>> = {
  'lists in lists': '['.repeat(128_000) + ']'.repeat(128_000),
  'objects in objects': '{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000),
  'one field that holds all': JSON.stringify({
    text: filled('\u202e\u2066abc\u202b \u05d0', 250_000),
  }),
  'a field without a space': JSON.stringify({ ['k'.repeat(100_000)]: 'x'.repeat(150_000) }),
  'many fields': `{${lines(18_000, (index) => `"f${index}":${index}`)
    .slice(0, 250_000)
    .replace(/\n[^\n]*$/, '')
    .replaceAll('\n', ',')}}`,
  'many values': JSON.stringify({
    list: Array.from({ length: 50_000 }, (_, index) => index % 1_000),
  }),
  'JSON that is cut': `{"text":"${'word '.repeat(50_000)}`,
  'lines of a log': lines(6_000, (index) => `2026-01-01 12:00:00 INFO line ${index} of the log`),
};

/** Formulas and code for the math and highlight plug-ins. */
export const hostilePlugins: Readonly<Record<string, string>> = {
  'formulas by the thousand': filled('so $a_1$ is $\\frac{b}{c}$. ', 200_000),
  'formulas that nest': filled(`$$${'\\frac{'.repeat(24)}1${'}{2}'.repeat(24)}$$\n\n`, 100_000),
  'formulas that nest to the side': filled(
    `$$${'\\left('.repeat(12)}x${'\\right)'.repeat(12)}$$\n\n`,
    100_000,
  ),
  matrices: filled(`$$\\begin{matrix}${'a&b\\\\'.repeat(100)}\\end{matrix}$$\n\n`, 100_000),
  'code that costs its square': `\`\`\`cpp\n${filled('function ', 50_000)}\n\`\`\`\n\n\`\`\`ini\n${filled('a_', 50_000)}`,
  'code of many lines': `\`\`\`ts\n${filled('const a = foo(1, "x"); // hi\n', 55_000)}\n\`\`\`\n`,
};
