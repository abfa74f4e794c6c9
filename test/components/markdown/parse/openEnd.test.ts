import { expect, it, test } from 'vitest';
import { richMarkdown } from '../../../../stories/fixtures.js';
import { toHtml } from './toHtml.js';

const trim = (html: string): string => html.replace(/\s+(?=<\/)/g, '');

test.each([
  ['a **bold', 'a **bold**'],
  ['a **bold*', 'a **bold**'],
  ['a **bold ', 'a **bold** '],
  ['a **bold\n', 'a **bold**'],
  ['a **', 'a '],
  ['a *it', 'a *it*'],
  ['a ***both', 'a ***both***'],
  ['a ***both*', 'a **_both_**'],
  ['a **b *c', 'a **b *c***'],
  ['a **b *c*', 'a **b *c***'],
  ['a **b *c**', 'a **b *c***'],
  ['a ~~gone', 'a ~~gone~~'],
  ['a ~~gone~', 'a ~~gone~~'],
  ['a `code', 'a `code`'],
  ['a ``co`de', 'a ``co`de``'],
  ['a ``code`', 'a ``code``'],
  ['a `', 'a '],
  ['snake_case_na', 'snake_case_na'],
  ['2 * 3', '2 * 3'],
  // Operators, paths, names and patterns are not emphasis.
  ['a 5*3 matrix and', 'a 5\\*3 matrix and'],
  ['a 5 *3 matrix and', 'a 5 \\*3 matrix and'],
  ['f(a)*b and', 'f(a)\\*b and'],
  ['f(a)**b and', 'f(a)\\*\\*b and'],
  ['2**10 is', '2\\*\\*10 is'],
  ['长*宽 和', '长\\*宽 和'],
  ['the ~/notes is', 'the ~/notes is'],
  ['~~/notes is', '\\~~/notes is'],
  ['The _private field and', 'The \\_private field and'],
  ['The __init method and', 'The \\_\\_init method and'],
  ['All *.ts files and', 'All \\*.ts files and'],
  ['All **/*.ts files and', 'All \\*\\*/\\*.ts files and'],
  ['**bold and 5*3 and', '**bold and 5\\*3 and**'],
  ['5*3 and **bold', '5\\*3 and **bold**'],
  ['list[0 and', 'list[0 and'],
  ['请看[链接', '请看链接'],
  ['重要：**是', '重要：**是**'],
  ['很**重要', '很**重要**'],
  ['🎉**(done', '🎉**(done**'],
  ['a [link', 'a link'],
  ['a [link]', 'a link'],
  ['a [link](http', 'a link'],
  ['a [link](http://x.y "ti', 'a link'],
  ['a [link][la', 'a link'],
  ['a [link](http://x.y)', 'a [link](http://x.y)'],
  ['a [1](not an address', 'a [1](not an address'],
  ['a **[li', 'a **li**'],
  ['an ![image](http://x', 'an '],
  ['an ![im', 'an '],
  ['a \\', 'a '],
  ['a \\*', 'a \\*'],
  ['text\n-', 'text\n'],
  ['text\n--', 'text\n'],
  ['text\n#', 'text\n'],
  ['# a **b', '# a **b**'],
  ['- a\n- **b', '- a\n- **b**'],
  ['- a\n-', '- a\n'],
  ['a\n•', 'a\n'],
  ['a\n• b **c', 'a\n• b **c**'],
  ['- a\n  1', '- a\n'],
  ['- [', '-'],
  ['- [x', '-'],
  ['``', ''],
  ['```js\nlet a = [1', '```js\nlet a = [1'],
  ['```js\nx\n``', '```js\nx'],
  ['> ````\n> x\n> ```', '> ````\n> x'],
  ['| a', '| a\n|-|'],
  ['| a | b |', '| a | b |\n|-|-|'],
  ['| a | b |\n|--', '| a | b |\n|-|-|'],
  ['| a | b |\n|:--|--', '| a | b |\n|-|-|'],
  ['| a | **b', '| a | **b**\n|-|-|'],
  ['| a | b |\n|---|---|\n| **c', '| a | b |\n|---|---|\n| **c**'],
  ['| a | b |\n|---|---|\n| c | d |\n|', '| a | b |\n|---|---|\n| c | d |'],
  ['> a **q', '> a **q**'],
  ['- > a **q', '- > a **q**'],
  ['a **b\n\nc', 'a **b\n\nc'],
])('renders %j like %j while it grows', (source, complete) => {
  expect(trim(toHtml(source, true))).toBe(trim(toHtml(complete)));
});

test.each([
  ['- [ ', 1],
  ['- [x]', 1],
  ['- [ ]', 1],
  ['- [ ] a\n- ', 1],
  ['- [ ] a\n- [', 2],
  ['- [x] a\n- [x', 2],
  ['- [x] a\n  - [ ] b\n  - [', 3],
  // These may become text or links.
  ['- ', 0],
  ['- [', 0],
  ['- [x', 0],
  ['- [a', 0],
  ['- a\n- [', 0],
])('renders %j with %i boxes of tasks while it grows', (source, count) => {
  expect(toHtml(source, true).split('<input').length - 1).toBe(count);
});

it('renders a complete text the same while it grows', () => {
  for (const block of richMarkdown.split('\n\n')) expect(toHtml(block, true)).toBe(toHtml(block));
});

it('shows the text after a bracket that turns out not to be a link', () => {
  const words = 'word '.repeat(100);
  expect(toHtml(`a [b ${words}`, true)).toContain('[b word');
  expect(toHtml(`f[i](x ${words}`, true)).toContain(words.trim());
});
