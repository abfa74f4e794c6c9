import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block } from '../../../src/components/markdown/parse/tokens.js';
import { readBlocks, type ReadText } from '../../../src/components/markdown/readBlocks.js';
import { richMarkdown } from '../../../stories/fixtures.js';

const pieces = fc.constantFrom(
  '- a\n',
  '* b\n',
  '1. c\n',
  '1',
  '.',
  '-',
  '*',
  '  ',
  '    ',
  '\n',
  '\n\n',
  '> q\n',
  '>',
  '```\n',
  '```js\n',
  '`',
  '# h\n',
  '#',
  '| a | b |\n',
  '|---|---|\n',
  '| c | d |\n',
  '|',
  '---\n',
  '===\n',
  '[x]: http://a.b\n',
  '[x]',
  'word ',
  '**b**',
  '<div>\n',
  '</div>\n',
  '<!-- ',
  '-->\n',
  '\t',
  '+ e\n',
  '~~~\n',
  '2) f\n',
  '- [ ] t\n',
  '&amp;',
  '\\',
  '😀',
);

const growing = fc
  .array(pieces, { maxLength: 40 })
  .map((parts) => parts.map((_, index) => parts.slice(0, index + 1).join('')));

test('a text that grew reads as the same text at once', () => {
  fc.assert(
    fc.property(growing, (texts) => {
      let read: ReadText | undefined;
      for (const text of texts) read = readBlocks(text, true, read);
      const whole = texts.at(-1);
      if (whole === undefined) return;
      expect(readBlocks(whole, false, read)).toEqual(readBlocks(whole, false));
    }),
    { numRuns: 3_000 },
  );
});

test('every prefix of a text that grows reads as that prefix alone', () => {
  let read: ReadText | undefined;
  for (let end = 1; end <= richMarkdown.length; end += 1) {
    read = readBlocks(richMarkdown.slice(0, end), true, read);
    expect(read).toEqual(readBlocks(richMarkdown.slice(0, end), true));
  }
});

test('blocks stand in the order of the text, with nothing before the first but blanks', () => {
  fc.assert(
    fc.property(growing, (texts) => {
      const source = texts.at(-1) ?? '';
      const { blocks } = readBlocks(source, false);
      const starts = blocks.map(({ start }) => start);
      expect(source.slice(0, starts[0]).trim()).toBe('');
      starts.forEach((start, index) => {
        expect(start).toBeGreaterThanOrEqual(starts[index - 1] ?? 0);
        expect(start === 0 || source[start - 1] === '\n').toBe(true);
      });
    }),
  );
});

test('a block that began as another is taken back by what it belongs to', () => {
  let read: ReadText | undefined;
  for (const text of [
    '| a | b |\n',
    '| a | b |\n1',
    '| a | b |\n11. c\n',
    '| a | b |\n11. c\n-',
    '| a | b |\n11. c\n-- a\n',
  ])
    read = readBlocks(text, false, read);
  expect(read?.blocks).toHaveLength(1);
});

test('settled blocks keep their identity while the text grows', () => {
  const half = readBlocks(richMarkdown.slice(0, 600), true);
  const whole = readBlocks(richMarkdown, false, half);
  const settled = half.blocks.slice(0, -2);
  expect(settled.length).toBeGreaterThan(3);
  settled.forEach((block, index) => expect(whole.blocks[index]).toBe(block));
});

test('what has not changed in a block that grows keeps its identity', () => {
  const items = (read: ReadText): readonly unknown[] =>
    read.blocks.flatMap(({ block }: { block: Block }) =>
      block.type === 'list' ? block.items : [],
    );
  const before = readBlocks('- one\n- two\n  - deep\n- thr', true);
  const after = readBlocks('- one\n- two\n  - deep\n- three and mo', true, before);
  expect(items(after)[0]).toBe(items(before)[0]);
  expect(items(after)[1]).toBe(items(before)[1]);
  expect(items(after)[2]).not.toBe(items(before)[2]);
});

test('link definitions keep their identity while no other is added', () => {
  const before = readBlocks('[a]: http://x.y\n\nText [a]', false);
  expect(readBlocks('[a]: http://x.y\n\nText [a] and more', false, before).links).toBe(
    before.links,
  );
});

test('the first definition of a label wins, wherever it stands', () => {
  const { links } = readBlocks('> - [A]: http://one.example\n\n[a]: http://two.example\n', false);
  expect([...links]).toEqual([['A', { address: 'http://one.example', title: undefined }]]);
});

test.each([
  ['quotes', '>'.repeat(4_000)],
  ['spaced quotes', '> '.repeat(4_000)],
  ['lists in one line', `${'- '.repeat(8_000)}a`],
  ['numbers in one line', `${'1. '.repeat(8_000)}a`],
  ['lists in quotes', '- > '.repeat(2_000)],
  [
    'lists by indentation',
    Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n'),
  ],
])('%s that nest too deep are shown as they are written', (_name, text) => {
  const [first, ...others] = readBlocks(text, false).blocks;
  expect(first?.block.type).toBe('plain');
  expect(first?.block.type === 'plain' && first.block.text === text.trim()).toBe(true);
  expect(others).toEqual([]);
});

test('a table of 8,000 columns is shown as it is written', () => {
  const text = `${'|a'.repeat(8_000)}|\n${'|-'.repeat(8_000)}|`;
  expect(readBlocks(text, false).blocks.map(({ block }) => block)).toEqual([
    { type: 'plain', text },
  ]);
});

test('what nests too deep takes nothing else with it', () => {
  const { blocks } = readBlocks(`before\n\n${'> '.repeat(200)}\n\nafter`, false);
  expect(blocks.map(({ block }) => block.type)).toEqual(['paragraph', 'plain', 'paragraph']);
});

test('wide code and deep but sane nesting are parsed', () => {
  expect(
    readBlocks(`\`\`\`\n${' '.repeat(200)}x\n\`\`\`\n\n${'> '.repeat(60)}a`, false).blocks.map(
      ({ block }) => block.type,
    ),
  ).toEqual(['code', 'quote']);
});
