import { expect, it, test } from 'vitest';
import { decodeName } from '../../../../src/components/markdown/parse/decodeName.js';
import { parseBlocks } from '../../../../src/components/markdown/parse/parseBlocks.js';
import { parseInline } from '../../../../src/components/markdown/parse/parseInline.js';
import type {
  Block,
  Inline,
  LinkDefinitions,
} from '../../../../src/components/markdown/parse/tokens.js';
import { numRuns } from '../../../budget.js';
import { hostileTexts } from '../../../security/hostileTexts.js';
import { countTextSteps } from '../../../textSteps/countTextSteps.js';
import { repeatedPieces, startsBeforeSpaces } from './repeatedPieces.js';
import { toHtml } from './toHtml.js';

const links: LinkDefinitions = new Map([
  ['A', { address: 'https://example.org', title: undefined }],
]);

/** Parses the inline text of all blocks. */
function parseInlines(blocks: readonly Block[], isUnfinished: boolean): void {
  for (const block of blocks) {
    if (block.type === 'quote') parseInlines(block.blocks, isUnfinished);
    else if (block.type === 'list')
      block.items.forEach((item) => parseInlines(item.blocks, isUnfinished));
    else if (block.type === 'table')
      block.rows.flat().forEach((cell) => parseInline(cell, { links, isUnfinished, decodeName }));
    else if (block.type === 'paragraph' || block.type === 'heading')
      parseInline(block.text, { links, isUnfinished, decodeName });
  }
}

/** Parses a text completely. Returns the number of its blocks. */
function parseText(text: string, isStreaming: boolean): number {
  const blocks = parseBlocks(text, isStreaming).map(({ block }) => block);
  parseInlines(blocks, isStreaming);
  return blocks.length;
}

/** Returns how many times more steps a text of four times the length takes: 4 if the time is linear, 16 if it is quadratic. */
function getGrowth(create: (length: number) => string, isStreaming: boolean): number {
  const [short = 1, long = 0] = [2_000, 8_000].map(
    (length) => countTextSteps(() => parseText(create(length), isStreaming)).steps,
  );
  return long / short;
}

const MAX_GROWTH = 5;

const repeat = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length));

// Counting steps is slow.
const someRepeatedPieces = repeatedPieces.filter((_, index) => index % numRuns(1, 3) === 0);

test.each(someRepeatedPieces)('takes linear time for %j, repeated', (piece) => {
  for (const isStreaming of [false, true])
    expect(getGrowth((length) => repeat(piece, length), isStreaming)).toBeLessThan(MAX_GROWTH);
});

test.each(startsBeforeSpaces)('takes linear time for spaces after %j', (start) => {
  const create = (length: number): string => `${start}${' '.repeat(length)}b`;
  expect(getGrowth(create, false)).toBeLessThan(MAX_GROWTH);
});

test.each(repeatedPieces)('parses %j, repeated to 64,000 characters', (piece) => {
  const text = repeat(piece, 64_000);
  for (const isStreaming of [false, true])
    expect(parseText(text, isStreaming)).toBeLessThanOrEqual(text.length);
});

function getDepth(inlines: readonly Inline[]): number {
  const depths = inlines.map((inline) => ('inlines' in inline ? 1 + getDepth(inline.inlines) : 0));
  return Math.max(0, ...depths);
}

test.each(['*a **b ', '~~a *b ', '*'.repeat(200), '**', '[a *b ', '_a *'])(
  'limits the depth of emphasis for %j, repeated',
  (piece) => {
    const half = piece.repeat(500);
    const mirrored = half.split('').toReversed().join('');
    for (const text of [half, `${half}x${mirrored}`, `[${half}x${mirrored}](b)`]) {
      for (const isUnfinished of [false, true])
        expect(
          getDepth(parseInline(text, { links, isUnfinished, decodeName })),
        ).toBeLessThanOrEqual(130);
    }
  },
);

it('closes recent emphasis although it drops openers from long before', () => {
  expect(toHtml(`${'*a '.repeat(100)}and **this**`)).toContain('<strong>this</strong>');
});

test.each(Object.entries(hostileTexts))('parses the hostile text "%s"', (_, text) => {
  expect(parseBlocks(text).length).toBeLessThanOrEqual(text.length);
});
