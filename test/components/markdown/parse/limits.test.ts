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
import { numRuns } from '../../../budget.js';
import { repeatedPieces, startsBeforeSpaces } from './repeatedPieces.js';
import { toHtml } from './toHtml.js';

const links: ReferenceLinks = new Map([
  ['A', { address: 'https://example.org', title: undefined }],
]);

/** Parses the inline text of all blocks. */
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

/** Parses a text completely. Returns the number of its blocks. */
function parseText(text: string, isOpen: boolean): number {
  const blocks = parseBlocks(text, isOpen).map(({ block }) => block);
  parseAll(blocks, isOpen);
  return blocks.length;
}

const LENGTH = 64_000;

test.each(repeatedPieces)('parses %j, repeated to 64,000 characters', (piece) => {
  const text = piece.repeat(Math.ceil(LENGTH / piece.length));
  for (const isOpen of [false, true]) {
    expect(parseText(text, isOpen)).toBeLessThanOrEqual(text.length);
  }
});

it.each(startsBeforeSpaces)('parses 64,000 spaces after %j', (start) => {
  expect(parseText(`${start}${' '.repeat(LENGTH)}b`, false)).toBe(1);
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

it('never throws for combinations of marks', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 80 }), fc.boolean(), (parts, isOpen) => {
      expect(typeof toHtml(parts.join(''), isOpen)).toBe('string');
    }),
    { numRuns: numRuns(20_000, 2_000) },
  );
});

it('never throws for arbitrary characters', () => {
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
