import { expect, test, vi } from 'vitest';
import { splitIntoChunks } from '../../../src/components/markdown/splitIntoChunks.js';
import {
  splitIntoSegments,
  type Segment,
} from '../../../src/components/markdown/splitIntoSegments.js';

const sentence = 'Some words that fill a line of text, like those of an answer of some length.';
const paragraphs = (count: number): string =>
  Array.from({ length: count }, () => `${sentence}\n\n`).join('');
test('keeps all segments but the last of a text that has grown', () => {
  const whole = paragraphs(400);
  let segments: readonly Segment[] = [];
  for (let end = 500; end < whole.length; end += 500) {
    const next = splitIntoSegments(whole.slice(0, end), segments);
    segments.slice(0, -1).forEach((segment, index) => expect(next[index]).toBe(segment));
    segments = next;
  }
  expect(segments.length).toBeGreaterThan(3);
  expect(
    splitIntoSegments(
      whole.slice(
        0,
        segments.reduce((sum, { source }) => sum + source.length, 0),
      ),
      segments,
    ),
  ).toBe(segments);
});

test('does not split an answer of two screens', () => {
  expect(splitIntoSegments(paragraphs(40))).toHaveLength(1);
});

test('does not split lists, quotes and code of a usual size', () => {
  for (const block of [
    '- item\n\n'.repeat(60),
    '> quote\n'.repeat(60),
    `\`\`\`\n${'code\n\nmore\n'.repeat(3_000)}\`\`\`\n`,
  ]) {
    const segments = splitIntoSegments(`${paragraphs(60)}${block}\n${paragraphs(60)}`);
    expect(segments.filter(({ source }) => source.includes(block))).toHaveLength(1);
  }
});

test('does not move a block of a growing text to another segment', () => {
  const text = `${paragraphs(20)}\`\`\`js\n${'const a = 1;\n'.repeat(3_000)}\`\`\`\n\n${paragraphs(20)}`;
  const whole = splitIntoSegments(text);
  for (let end = 100; end < text.length; end += 997) {
    const starts = splitIntoSegments(text.slice(0, end)).map(({ start }) => start);
    expect(whole.map(({ start }) => start)).toEqual(expect.arrayContaining(starts));
  }
  expect(whole.map(({ isPlain }) => isPlain)).toEqual([false, false]);
});

test('keeps all chunks and pieces but the last of a text that has grown', () => {
  for (const text of [
    'line of words\n'.repeat(900),
    'word '.repeat(4_000),
    'x'.repeat(60_000),
    `${'x'.repeat(1_490)} \n${'y '.repeat(900)}`,
  ]) {
    const whole = splitIntoChunks(text);
    for (let end = 1; end < text.length; end += 131) {
      const chunks = splitIntoChunks(text.slice(0, end));
      const last = chunks.at(-1)?.slice(0, -1) ?? [];
      expect(whole.slice(0, chunks.length - 1)).toEqual(chunks.slice(0, -1));
      expect(whole[chunks.length - 1]?.slice(0, last.length)).toEqual(last);
    }
  }
});

test.each([
  ['headings with underlines', 'a\n=\n', 50],
  ['lists of one item', '- a\n* b\n+ c\n', 51],
  ['hard breaks', 'a  \n', 101],
  ['hard breaks with a backslash', 'a\\\n', 101],
  ['tasks', '- [ ] a\n', 101],
])('limits the number of %s in a segment', (_, piece, limit) => {
  const segments = splitIntoSegments(piece.repeat(2_000));
  const lines = segments.map(({ source }) => source.split('\n').length - 1);
  expect(Math.max(...lines)).toBeLessThanOrEqual(limit * (piece.startsWith('a\n=') ? 2 : 1));
});

test('returns the rest of a split table and very long lines as plain text', () => {
  const rest = splitIntoSegments(`| a |\n|---|\n${'| b |\n'.repeat(2_000)}`).slice(1);
  expect(rest.length).toBeGreaterThan(0);
  expect(rest.every(({ isPlain }) => isPlain)).toBe(true);
  expect(splitIntoSegments('x'.repeat(100_000)).map(({ isPlain }) => isPlain)).toEqual([true]);
});

const characters = [
  'a'.repeat(10_000),
  'word '.repeat(4_000),
  'line of words\n'.repeat(900),
  '😀'.repeat(4_000),
  'a\u0301'.repeat(5_000),
  ` ${'x'.repeat(7_000)}`,
];

test.each(['with', 'without'])(
  'splits text into pieces, but not within a character, %s a segmenter of the browser',
  (condition) => {
    if (condition === 'without')
      vi.stubGlobal('Intl', {
        DateTimeFormat: Intl.DateTimeFormat,
        NumberFormat: Intl.NumberFormat,
      });
    for (const text of characters) {
      const pieces = splitIntoChunks(text).flat();
      expect(pieces.join('')).toBe(text);
      expect(pieces.length).toBeGreaterThan(2);
      for (const piece of pieces) {
        expect(piece).not.toMatch(/^(?:\u0301|[\udc00-\udfff])|[\ud800-\udbff]$/);
        expect(piece.length).toBeLessThan(1_600);
      }
    }
    vi.unstubAllGlobals();
  },
);

test('starts a chunk only after a line break, unless a line has more than 50,000 characters', () => {
  for (const text of [
    ...characters.slice(0, 4),
    '{"a":1}'.repeat(7_000),
    `${'x'.repeat(2_000)}\ny`,
  ]) {
    const chunks = splitIntoChunks(text).map((pieces) => pieces.join(''));
    for (const chunk of chunks.slice(0, -1)) expect(chunk).toMatch(/\n$/);
  }
  expect(splitIntoChunks('x'.repeat(120_000))).toHaveLength(3);
  expect(splitIntoChunks('\u202ea'.repeat(10_000))).toHaveLength(2);
});
