import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { hostileTexts } from '../../../security/hostileTexts.js';
import { parseBlocks } from '../../../../src/components/markdown/parse/parseBlocks.js';
import { parseInline } from '../../../../src/components/markdown/parse/parseInline.js';
import type {
  Block,
  Inline,
  ReferenceLinks,
} from '../../../../src/components/markdown/parse/tokens.js';
import { toHtml } from './toHtml.js';

const links: ReferenceLinks = new Map([
  ['A', { address: 'https://example.org', title: undefined }],
]);

/** Parses a text to its last mark, as a page that shows all of it. */
function parseAll(blocks: readonly Block[], isOpen: boolean): void {
  for (const block of blocks) {
    if (block.type === 'quote') parseAll(block.blocks, isOpen);
    else if (block.type === 'list') block.items.forEach((item) => parseAll(item.blocks, isOpen));
    else if (block.type === 'table')
      block.rows.flat().forEach((cell) => parseInline(cell, links, isOpen));
    else if (block.type === 'paragraph' || block.type === 'heading')
      parseInline(block.text, links, isOpen);
  }
}

function msOf(text: string, isOpen: boolean): number {
  const times = Array.from({ length: 3 }, () => {
    const before = performance.now();
    parseAll(
      parseBlocks(text, isOpen).map(({ block }) => block),
      isOpen,
    );
    return performance.now() - before;
  });
  return Math.min(...times);
}

/** How many times as long a text takes that is eight times as long: 8 if the time is linear, 64 if it is the square. */
function growthOf(piece: string, isOpen: boolean): number {
  const filled = (size: number): string => piece.repeat(Math.ceil(size / piece.length));
  return msOf(filled(64_000), isOpen) / msOf(filled(8_000), isOpen);
}

/** As a rule far above what is linear and far below what is not; on a busy machine one of several tries must say so. */
const MAX_GROWTH = 24;

test.each([
  '>',
  '> ',
  '> a\n',
  '*',
  '**',
  '_',
  'a*',
  '*a',
  '*a **b ',
  'a_b',
  '**a* ',
  '_a__ ',
  '*_~',
  ' *a',
  '文**：',
  '~',
  '~~a',
  '[',
  '![',
  '[a](',
  '](',
  '[](',
  '[a]',
  '[[a]',
  '[a][',
  '[b][',
  'a] ',
  '*[',
  '[*',
  '[a](<b',
  '[a](b "',
  "[a](b '",
  '[a](b (c',
  '[a](b)[c](d',
  '[a*](b)*',
  '![a](b)',
  '[a]: b\n',
  '[a]: b "',
  '[a]: b\n"c ',
  '[\\',
  '`',
  '`a``',
  '`` ` ',
  '`[`](',
  '<',
  '<a ',
  '<b>\n',
  '<!-- ',
  '<a@',
  '<x:',
  '&',
  '&#',
  '&amp;',
  '\\',
  '\\\n',
  '  \n',
  '\n',
  '\t',
  '    a\n',
  '- ',
  '- a\n',
  '- > ',
  '-\ta\n',
  '1. ',
  '1. a\n\n',
  '* * ',
  '#',
  '# ',
  '# #',
  '##### a ##\n',
  '=\n',
  'a\n=\n',
  'a\n-\n',
  '|',
  '|a',
  '|-',
  '|a\n',
  '|-|\n',
  'a|\n-|\n',
  '~~~\n',
  '```\n',
  '> ```\n',
  'http://',
  'https://a.b)',
  'https://a.b(',
  'https://a.b.',
  'www.a',
  'a@',
  'a.',
  'a-b.c@d.',
  'a@b.c',
  'a b ',
])('the time for %j, however often, is linear', (piece) => {
  for (const isOpen of [false, true]) {
    let growth = growthOf(piece, isOpen);
    for (let tries = 1; growth > MAX_GROWTH && tries < 5; tries += 1)
      growth = Math.min(growth, growthOf(piece, isOpen));
    expect(growth).toBeLessThan(MAX_GROWTH);
  }
});

it.each(['a', '# a', '| a'])('the time for blanks behind %j is linear, however many', (start) => {
  const filled = (size: number): string => `${start}${' '.repeat(size)}b`;
  const growth = (): number => msOf(filled(64_000), false) / msOf(filled(8_000), false);
  expect(Math.min(growth(), growth(), growth())).toBeLessThan(MAX_GROWTH);
});

const pieces = fc.constantFrom(
  '*',
  '**',
  '***',
  '_',
  '__',
  '~',
  '~~',
  '`',
  '``',
  '```',
  '[',
  ']',
  '![',
  '](',
  '(',
  ')',
  '[]',
  ']:',
  '<',
  '>',
  '<b',
  '<br>',
  '<!--',
  '-->',
  '&amp;',
  '&',
  '\\',
  '|',
  '|-|',
  '- ',
  '1. ',
  '+',
  '# ',
  '=',
  '---',
  '~~~',
  '"',
  "'",
  '\n',
  '\n\n',
  '  ',
  '    ',
  '\t',
  ' ',
  'a',
  'b c',
  '重',
  '：',
  'http://a.b',
  'www.a',
  'a@b.c',
  '\u2e28\ue0000\u2e29',
  '😀',
  '\u202e',
  '\0',
  '[x] ',
  '.',
);

it('never throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 80 }), fc.boolean(), (parts, isOpen) => {
      expect(typeof toHtml(parts.join(''), isOpen)).toBe('string');
    }),
    { numRuns: 5_000 },
  );
});

it('never throws at arbitrary characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (text, isOpen) => {
      expect(typeof toHtml(text, isOpen)).toBe('string');
    }),
  );
});

const depthOf = (inlines: readonly Inline[]): number =>
  Math.max(0, ...inlines.map((inline) => ('inlines' in inline ? 1 + depthOf(inline.inlines) : 0)));

test.each(['*a **b ', '~~a *b ', '*'.repeat(200), '**', '[a *b ', '_a *'])(
  'emphasis of %j nests no deeper than can be shown',
  (piece) => {
    const half = piece.repeat(500);
    const mirrored = half.split('').toReversed().join('');
    for (const text of [half, `${half}x${mirrored}`, `[${half}x${mirrored}](b)`]) {
      for (const isOpen of [false, true])
        expect(depthOf(parseInline(text, links, isOpen))).toBeLessThanOrEqual(130);
    }
  },
);

it('closes what it reads last, though it forgets what has been open for long', () => {
  expect(toHtml(`${'*a '.repeat(100)}and **this**`)).toContain('<strong>this</strong>');
});

test.each(Object.entries(hostileTexts))('%s: parsed to the end', (_, text) => {
  expect(parseBlocks(text).length).toBeLessThanOrEqual(text.length);
});
