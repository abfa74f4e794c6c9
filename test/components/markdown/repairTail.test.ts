import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repairTail } from '../../../src/components/markdown/repairTail.js';
import { richMarkdown } from '../../../stories/fixtures.js';

test.each([
  ['a **bold', 'a **bold**'],
  ['a **bold*', 'a **bold**'],
  ['a **bold ', 'a **bold** '],
  ['a **', 'a '],
  ['a *it', 'a *it*'],
  ['a ***both', 'a ***both***'],
  ['a **b *c', 'a **b *c***'],
  ['a ~~gone', 'a ~~gone~~'],
  ['a `code', 'a `code`'],
  ['a ``co`de', 'a ``co`de``'],
  ['a `', 'a '],
  ['snake_case_na', 'snake_case_na'],
  ['2 * 3', '2 * 3'],
  ['a [link', 'a link'],
  ['a [link]', 'a link'],
  ['a [link](http', 'a link'],
  ['a [link](http://x.y)', 'a [link](http://x.y)'],
  ['a **[li', 'a **li**'],
  ['an ![image](http://x', 'an '],
  ['an ![im', 'an '],
  ['a \\', 'a '],
  ['a \\*', 'a \\*'],
  ['text\n-', 'text\n'],
  ['text\n#', 'text\n'],
  ['- a\n- **b', '- a\n- **b**'],
  ['- a\n-', '- a\n'],
  ['- [', '-'],
  ['``', ''],
  ['```js\nlet a = [1', '```js\nlet a = [1'],
  ['```js\nx\n``', '```js\nx'],
  ['| a', '| a\n|-|'],
  ['| a | b |', '| a | b |\n|-|-|'],
  ['| a | b |\n|--', '| a | b |\n|-|-|'],
  ['| a | b |\n|---|---|\n| **c', '| a | b |\n|---|---|\n| **c**'],
  ['> a **q', '> a **q**'],
])('%j is shown as %j', (source, shown) => {
  expect(repairTail(source)).toBe(shown);
});

test('whole marks are left alone', () => {
  for (const block of richMarkdown.split('\n\n')) expect(repairTail(block)).toBe(block);
});

test('any text is repaired without a throw', () => {
  const marks = fc.array(fc.constantFrom('*', '**', '_', '`', '[', ']', '(', ')', '!', '|', '\n', '\\', '~~', 'a', ' ', '- ', '> ', '```'), { maxLength: 60 });
  fc.assert(
    fc.property(marks, (parts) => {
      expect(typeof repairTail(parts.join(''))).toBe('string');
    }),
    { numRuns: 3_000 },
  );
});

test.each(['*', '[', '`', '![', '](', '|', '_a', '\\', '`a``', '[a](', '> '])('250,000 characters of %j take less than a second', (unit) => {
  const text = unit.repeat(Math.ceil(250_000 / unit.length));
  const before = performance.now();
  repairTail(text);
  expect(performance.now() - before).toBeLessThan(1_000);
});
