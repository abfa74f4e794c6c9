import { expect, test } from 'vitest';
import type { Block } from '../../../src/components/markdown/parse/tokens.js';
import {
  parseIncrementally,
  type ParsedText,
} from '../../../src/components/markdown/parseIncrementally.js';
import { richMarkdown } from '../../../stories/fixtures.js';

test('parses every prefix of a growing text like that prefix alone', () => {
  let parsed: ParsedText | undefined;
  for (let end = 1; end <= richMarkdown.length; end += 1) {
    parsed = parseIncrementally(richMarkdown.slice(0, end), true, parsed);
    expect(parsed).toEqual(parseIncrementally(richMarkdown.slice(0, end), true));
  }
});

test('merges a block into the block that it turns out to belong to', () => {
  let parsed: ParsedText | undefined;
  for (const text of [
    '| a | b |\n',
    '| a | b |\n1',
    '| a | b |\n11. c\n',
    '| a | b |\n11. c\n-',
    '| a | b |\n11. c\n-- a\n',
  ])
    parsed = parseIncrementally(text, false, parsed);
  expect(parsed?.blocks).toHaveLength(1);
});

test('keeps the identity of finished blocks while the text grows', () => {
  const half = parseIncrementally(richMarkdown.slice(0, 600), true);
  const whole = parseIncrementally(richMarkdown, false, half);
  const settled = half.blocks.slice(0, -2);
  expect(settled.length).toBeGreaterThan(3);
  settled.forEach((block, index) => expect(whole.blocks[index]).toBe(block));
});

test('keeps the identity of unchanged parts of a growing block', () => {
  const items = (parsed: ParsedText): readonly unknown[] =>
    parsed.blocks.flatMap(({ block }: { block: Block }) =>
      block.type === 'list' ? block.items : [],
    );
  const before = parseIncrementally('- one\n- two\n  - deep\n- thr', true);
  const after = parseIncrementally('- one\n- two\n  - deep\n- three and mo', true, before);
  expect(items(after)[0]).toBe(items(before)[0]);
  expect(items(after)[1]).toBe(items(before)[1]);
  expect(items(after)[2]).not.toBe(items(before)[2]);
});

test('keeps the identity of link definitions while none is added', () => {
  const before = parseIncrementally('[a]: http://x.y\n\nText [a]', false);
  expect(parseIncrementally('[a]: http://x.y\n\nText [a] and more', false, before).links).toBe(
    before.links,
  );
});

test('uses the first definition of a label, at any depth', () => {
  const { links } = parseIncrementally(
    '> - [A]: http://one.example\n\n[a]: http://two.example\n',
    false,
  );
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
])('returns %s that nest too deep as plain text', (_name, text) => {
  const [first, ...others] = parseIncrementally(text, false).blocks;
  expect(first?.block.type).toBe('plain');
  expect(first?.block.type === 'plain' && first.block.text === text.trim()).toBe(true);
  expect(others).toEqual([]);
});

test('returns a table of 8,000 columns as plain text', () => {
  const text = `${'|a'.repeat(8_000)}|\n${'|-'.repeat(8_000)}|`;
  expect(parseIncrementally(text, false).blocks.map(({ block }) => block)).toEqual([
    { type: 'plain', text },
  ]);
});

test('returns only the block that nests too deep as plain text', () => {
  const { blocks } = parseIncrementally(`before\n\n${'> '.repeat(200)}\n\nafter`, false);
  expect(blocks.map(({ block }) => block.type)).toEqual(['paragraph', 'plain', 'paragraph']);
});

test('parses wide code and 60 levels of quotes', () => {
  expect(
    parseIncrementally(
      `\`\`\`\n${' '.repeat(200)}x\n\`\`\`\n\n${'> '.repeat(60)}a`,
      false,
    ).blocks.map(({ block }) => block.type),
  ).toEqual(['code', 'quote']);
});
