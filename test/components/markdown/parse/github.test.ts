import { expect, it, test } from 'vitest';
import { toHtml } from './toHtml.js';

const paragraph = (text: string): string => toHtml(text).replace(/^<p>|<\/p>\n$/g, '');
const rows = (text: string): string[][] =>
  [...toHtml(text).matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell),
  );

test.each([
  [
    'a table',
    '| a | b |\n| --- | --- |\n| c | d |',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'no pipes at its ends',
    'a | b\n--- | ---\nc | d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'no blanks',
    '|a|b|\n|-|-|\n|c|d|',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['one column', '| a |\n| - |\n| b |', [['a'], ['b']]],
  [
    'cells left out and cells too many',
    '| a | b |\n|---|---|\n| c |\n| d | e | f |',
    [
      ['a', 'b'],
      ['c', ''],
      ['d', 'e'],
    ],
  ],
  [
    'pipes behind backslashes, in code as well',
    '| a \\| b |\n|---|\n| `c \\| d` |',
    [['a | b'], ['<code>c | d</code>']],
  ],
  [
    'marks in cells',
    '| **a** |\n|---|\n| [b](c) |',
    [['<strong>a</strong>'], ['<a href="c">b</a>']],
  ],
  ['line breaks in cells', '| a<br>b |\n|---|\n| c<br/>d |', [['a<br />\nb'], ['c<br />\nd']]],
  [
    'a row without pipes',
    '| a | b |\n|---|---|\nc',
    [
      ['a', 'b'],
      ['c', ''],
    ],
  ],
  [
    'an empty cell',
    '| a | |\n|---|---|\n|| b |',
    [
      ['a', ''],
      ['', 'b'],
    ],
  ],
])('reads a table with %s', (_, text, expected) => {
  expect(rows(text)).toEqual(expected);
});

it('reads where the columns of a table are aligned', () => {
  expect(
    [...toHtml('|a|b|c|d|\n|:-|-:|:-:|-|').matchAll(/<th( [^>]*)?>/g)].map(([, align]) =>
      align?.trim(),
    ),
  ).toEqual(['align="left"', 'align="right"', 'align="center"', undefined]);
});

test.each([
  ['has another number of columns', '| a | b |\n|---|'],
  ['has no line below its header', '| a | b |\n| c | d |'],
  ['has no pipes', 'a\n:-'],
])('takes for text what %s', (_, text) => {
  expect(toHtml(text)).not.toContain('<table>');
});

it('ends a table at a blank line and at every other block', () => {
  const table = '| a |\n|---|\n| b |\n';
  for (const [next, tag] of [
    ['\nc', 'p'],
    ['> c', 'blockquote'],
    ['- c', 'ul'],
    ['# c', 'h1'],
    ['```\nc\n```', 'pre'],
    ['***', 'hr'],
    ['    c', 'pre'],
  ] as const) {
    expect(toHtml(table + next).split('</table>')[1]).toContain(`<${tag}`);
  }
});

it('begins a table below the words of a paragraph', () => {
  expect(toHtml('words\n| a |\n|---|\n| b |')).toMatch(/^<p>words<\/p>\n<table>/);
});

it('reads tables in quotes and lists', () => {
  expect(toHtml('> | a |\n> |---|\n> | b |')).toMatch(/^<blockquote>\n<table>/);
  expect(toHtml('- | a |\n  |---|\n  | b |')).toContain('<li>\n<table>');
});

test.each([
  ['~~a~~', '<del>a</del>'],
  ['~a~', '~a~'],
  ['~~a~', '~~a~'],
  ['~~~a~~~ b', '~~~a~~~ b'],
  ['a ~~*b*~~', 'a <del><em>b</em></del>'],
  ['**a ~~b~~**', '<strong>a <del>b</del></strong>'],
  ['~~ a ~~', '~~ a ~~'],
])('resolves the tildes of %j', (text, html) => {
  expect(paragraph(`.${text}`)).toBe(`.${html}`);
});

it('reads tasks, and takes for text what is none', () => {
  const html = toHtml('- [ ] a\n- [x] b\n- [X] c\n- [y] d\n- [ ]\n- [ ]e');
  expect(html.match(/<input/g)).toHaveLength(3);
  expect(html.match(/checked/g)).toHaveLength(2);
  expect(html).toContain('<li>[y] d</li>');
});

it('reads tasks in lists of paragraphs and in lists within lists', () => {
  expect(toHtml('- [x] a\n\n- [ ] b\n  1. [x] c').match(/<input/g)).toHaveLength(3);
});

test.each([
  ['https://example.org', 'https://example.org'],
  ['http://localhost:3000/a?b=c#d', 'http://localhost:3000/a?b=c#d'],
  ['www.example.org', 'http://www.example.org', 'www.example.org'],
  [
    'someone.else+1@mail.example.org',
    'mailto:someone.else+1@mail.example.org',
    'someone.else+1@mail.example.org',
  ],
  ['a_b@example.org', 'mailto:a_b@example.org', 'a_b@example.org'],
  ['https://example.org/a_(b)_c', 'https://example.org/a_(b)_c'],
  ['https://example.org/a*b_c_d', 'https://example.org/a*b_c_d'],
])('links %j', (text, address, shown = address) => {
  expect(paragraph(`see ${text}`)).toBe(`see <a href="${address}">${shown}</a>`);
});

test.each([
  ['.', '.'],
  ['?!', '?!'],
  [').', ').'],
  ['"', '&quot;'],
  ['**', '**'],
  ['<br>b', '<br />\nb'],
  ['。', '。'],
  ['（b）', '（b）'],
  ['】', '】'],
  ['…', '…'],
])('leaves %j behind an address out of it', (behind, html) => {
  expect(paragraph(`https://example.org/a${behind}`)).toBe(
    `<a href="https://example.org/a">https://example.org/a</a>${html}`,
  );
});

test.each([
  'http://',
  'https://.',
  'www.',
  'a@b',
  '@b.c',
  'xhttps://example.org',
  'a@b@',
  'ftp://example.org',
  'javascript:alert(1)',
])('links nothing in %j', (text) => {
  expect(paragraph(text)).not.toContain('<a');
});

it('links addresses in marks, and not once more within a link', () => {
  expect(paragraph('**https://example.org**, *www.example.org*')).toBe(
    '<strong><a href="https://example.org">https://example.org</a></strong>, <em><a href="http://www.example.org">www.example.org</a></em>',
  );
  expect(paragraph('[https://example.org](https://evil.example)')).toBe(
    '<a href="https://evil.example">https://example.org</a>',
  );
  expect(paragraph('[*see www.example.org*](a)')).toBe(
    '<a href="a"><em>see www.example.org</em></a>',
  );
  expect(paragraph('`https://example.org`')).toBe('<code>https://example.org</code>');
});
