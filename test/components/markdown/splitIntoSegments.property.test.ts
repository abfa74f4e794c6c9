import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import { splitIntoSegments } from '../../../src/components/markdown/splitIntoSegments.js';

const sentence = 'Some words that fill a line of text, like those of an answer of some length.';
const pieces = fc.constantFrom(
  `${sentence}\n\n`.repeat(30),
  '- item\n'.repeat(60),
  '```js\n',
  '```\n',
  'code\n'.repeat(300),
  '> quote\n'.repeat(90),
  '| a | b |\n'.repeat(150),
  '\n',
  'x'.repeat(9_000),
);

test('joined segments are the text', async () => {
  await assertProperty(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const segments = splitIntoSegments(text);
      expect(segments.map(({ source }) => source).join('')).toBe(text);
      segments.forEach(({ start, source }) => expect(text.startsWith(source, start)).toBe(true));
    }),
    { name: 'markdownSegments', full: 1_000, small: 100 },
  );
});
