import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import {
  parseIncrementally,
  type ParsedText,
} from '../../../src/components/markdown/parseIncrementally.js';

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

/** Prefixes of a text, shortest first. */
const growing = fc
  .array(pieces, { maxLength: 40 })
  .map((parts) => parts.map((_, index) => parts.slice(0, index + 1).join('')));

test('parses a text that has grown like the same text at once', async () => {
  await assertProperty(
    fc.property(growing, (texts) => {
      let parsed: ParsedText | undefined;
      for (const text of texts) parsed = parseIncrementally(text, true, parsed);
      const whole = texts.at(-1);
      if (whole === undefined) return;
      expect(parseIncrementally(whole, false, parsed)).toEqual(parseIncrementally(whole, false));
    }),
    { name: 'parseIncrementally', full: 20_000, small: 1_000 },
  );
});

test('returns blocks in text order, with only white space before the first', async () => {
  await assertProperty(
    fc.property(growing, (texts) => {
      const source = texts.at(-1) ?? '';
      const { blocks } = parseIncrementally(source, false);
      const starts = blocks.map(({ start }) => start);
      expect(source.slice(0, starts[0]).trim()).toBe('');
      starts.forEach((start, index) => {
        expect(start).toBeGreaterThanOrEqual(starts[index - 1] ?? 0);
        expect(start === 0 || source[start - 1] === '\n').toBe(true);
      });
    }),
    { name: 'blockOrder', full: 5_000, small: 200 },
  );
});
