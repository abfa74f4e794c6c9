import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertProperty } from '../../../assertProperty.js';
import { toHtml } from './toHtml.js';

const syntax = fc.constantFrom(
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

it('never throws for any combination of syntax', async () => {
  await assertProperty(
    fc.property(fc.array(syntax, { maxLength: 80 }), fc.boolean(), (parts, isStreaming) => {
      expect(typeof toHtml(parts.join(''), isStreaming)).toBe('string');
    }),
    { name: 'toHtml', full: 20_000, small: 2_000 },
  );
});

it('never throws for arbitrary characters', async () => {
  await assertProperty(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.boolean(),
      (text, isStreaming) => {
        expect(typeof toHtml(text, isStreaming)).toBe('string');
      },
    ),
    { name: 'toHtml-anyCharacters', full: 5_000, small: 100 },
  );
});

it('renders every character of a complete text', async () => {
  const texts = fc.array(
    fc.constantFrom('*', '**', '_', '`', '[', ']', '(', ')', '!', 'a', ' ', '~~', 'b c'),
    { maxLength: 60 },
  );
  const getLetters = (text: string): string => text.replace(/<[^>]*>|[^abc]/g, '');
  await assertProperty(
    // Links are excluded, because addresses are attributes. The text starts with a letter, because it must not start
    // with a fence.
    fc.property(
      texts.map((parts) => `b ${parts.join('')}`.replaceAll('](', '] (')),
      (text) => {
        expect(getLetters(toHtml(text))).toBe(getLetters(text));
      },
    ),
    { name: 'toHtml-allCharacters', full: 20_000, small: 1_000 },
  );
});
