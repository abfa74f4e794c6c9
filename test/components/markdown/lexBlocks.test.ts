import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lexBlocks, lexTop, type LexedText } from '../../../src/components/markdown/lexBlocks.js';
import { MAX_TEXT } from '../../../src/components/markdown/limits.js';
import { richMarkdown } from '../../../stories/fixtures.js';

const pieces = fc.constantFrom(
  '- a\n', '* b\n', '1. c\n', '1', '.', '-', '*', '  ', '    ', '\n', '\n\n', '> q\n', '>', '```\n', '```js\n', '`', '# h\n', '#', '| a | b |\n',
  '|---|---|\n', '| c | d |\n', '|', '---\n', '===\n', '[x]: http://a.b\n', '[x]', 'word ', '**b**', '<div>\n', '</div>\n', '<!-- ', '-->\n', '\t', '\r\n', '\r',
  '+ e\n', '~~~\n', '2) f\n', '- [ ] t\n', '&amp;', '\\', '😀',
);

const growing = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.map((_, index) => parts.slice(0, index + 1).join('')));

const rawOf = (lexed: LexedText | undefined): unknown => lexed?.blocks.map((block) => [block.token.type, block.token.raw, block.start]);

test('a text that grew lexes as the same text at once', () => {
  fc.assert(
    fc.property(growing, (texts) => {
      let lexed: LexedText | undefined;
      for (const text of texts) lexed = lexBlocks(text, lexed);
      const whole = texts.at(-1);
      if (whole === undefined) return;
      expect(rawOf(lexed)).toEqual(rawOf(lexBlocks(whole)));
      expect(lexed?.links).toEqual(lexBlocks(whole).links);
    }),
    { numRuns: 3_000 },
  );
});

test('a block that began as another is taken back by what it belongs to', () => {
  let lexed: LexedText | undefined;
  for (const text of ['| a | b |\n', '| a | b |\n1', '| a | b |\n11. c\n', '| a | b |\n11. c\n-', '| a | b |\n11. c\n-- a\n']) lexed = lexBlocks(text, lexed);
  expect(lexed?.blocks).toHaveLength(1);
});

test('blocks cover the text, each at its place', () => {
  const { source, blocks } = lexBlocks(richMarkdown);
  for (const block of blocks) expect(source.slice(block.start, block.end)).toBe(block.token.raw);
});

test('settled blocks keep their identity while the text grows', () => {
  const half = lexBlocks(richMarkdown.slice(0, 600));
  const whole = lexBlocks(richMarkdown, half);
  const settled = half.blocks.slice(0, -2);
  expect(settled.length).toBeGreaterThan(3);
  settled.forEach((block, index) => expect(whole.blocks[index]).toBe(block));
});

test('link definitions keep their identity while no other is added', () => {
  const before = lexBlocks('[a]: http://x.y\n\nText [a]');
  expect(lexBlocks('[a]: http://x.y\n\nText [a] and more', before).links).toBe(before.links);
});

test.each([
  ['quotes', '>'.repeat(4_000)],
  ['spaced quotes', '> '.repeat(4_000)],
  ['lists in one line', '- '.repeat(8_000)],
  ['numbers in one line', '1. '.repeat(8_000)],
  ['lists in quotes', '- > '.repeat(2_000)],
  ['lists by indentation', Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n')],
  ['a table of 8,000 columns', `${'|a'.repeat(8_000)}|\n${'|-'.repeat(8_000)}|\n`],
  ['more than the limit', 'a'.repeat(MAX_TEXT + 1)],
])('%s stays plain', (_name, text) => {
  expect(lexBlocks(text).isPlain).toBe(true);
});

test('a plain text that grows stays plain', () => {
  const nested = '> '.repeat(200);
  expect(lexBlocks(`${nested}\n\nafter`, lexBlocks(nested)).isPlain).toBe(true);
});

test('wide code and deep but sane nesting are parsed', () => {
  expect(lexBlocks(`\`\`\`\n${' '.repeat(200)}x\n\`\`\`\n\n> - > - a`).isPlain).toBe(false);
});

test('the parser is given no chance to throw', () => {
  expect(lexTop('> '.repeat(20_000))).toBeUndefined();
});
