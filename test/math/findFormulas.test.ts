import { expect, it } from 'vitest';
import { findFormulas } from '../../src/math/findFormulas.js';

const found = (text: string, isGrowing = false) =>
  findFormulas(text, isGrowing).map(
    ({ tex, isDisplay, isOpen }) =>
      `${isOpen ? 'open ' : ''}${isDisplay ? 'display' : 'inline'} ${tex}`,
  );

it.each([
  ['the area $\\pi r^2$ of it', ['inline \\pi r^2']],
  ['\\(a_1\\) and \\(b_2\\)', ['inline a_1', 'inline b_2']],
  ['$$\nE = mc^2\n$$', ['display \nE = mc^2\n']],
  ['\\[\nx\n\ny\n\\]', ['display \nx\n\ny\n']],
  ['where $x$, $y$ and $5$ are', ['inline x', 'inline y', 'inline 5']],
  ['a set $\\{1, 2\\}$.', ['inline \\{1, 2\\}']],
  ['it costs \\$5 and $x$', ['inline x']],
  ['$2x + 3 = 7$ and $5 < x$', ['inline 2x + 3 = 7', 'inline 5 < x']],
  [
    '$3 \\times 4$ and $2^{10}$ and $2+2=4$',
    ['inline 3 \\times 4', 'inline 2^{10}', 'inline 2+2=4'],
  ],
  ['so $$x = 1$$ in a sentence', ['display x = 1']],
  ['$$ x = 1 $$', ['display  x = 1 ']],
  ['- $$ x = 1 $$.\n- $$|y|$$', ['display  x = 1 ', 'display |y|']],
  ['| a |\n|---|\n| $$x$$ |\n| $$y$$ |', ['display x', 'display y']],
  ['$$\na\n- b\n+ c\n$$', ['display \na\n- b\n+ c\n']],
  ['1. a\n\n   $$\n   a\n   - b\n   $$\n2. c', ['display \n   a\n   - b\n   ']],
  ['> $$\n> a\n> $$', ['display \na\n']],
  ['$$a$$ costs $$$, $$b$$ costs $$', ['display a', 'display b']],
])('finds the formulas of %j', (text, expected) => {
  expect(found(text)).toEqual(expected);
});

it.each([
  '$5 and $10',
  'from $5-$10, or 10$ at most',
  'It costs $5, or 10$.',
  'US$5 and AU$6',
  '$20 = 20$',
  '$20 < 30$ and $5 > 3$',
  '$10-20$ or $10/20$',
  '$5 a day for 3 days = 15$',
  '- $$ cheap\n- $$$ expensive\n- $$ cheap',
  '- Sushi: $$\n- Pizza: $$\n- Soup: $$$',
  '- $$\n- $$',
  '- $$\n  - Pizza $$',
  '1. Price\n   $$\n2. Price\n   $$',
  '* **$$** cheap\n* **$$** cheap',
  '| Sushi | $$ |\n|---|---|\n| Pizza | $$ |',
  '|Sushi|$$|Pizza|$$|',
  '|$$ x|y $$|',
  'Sushi | $$\n--- | ---\nPizza | $$',
  'between $$ and $$, or $$-$$$',
  '($$) or ($$), **$$** or **$$**',
  'US$$ and AU$$',
  '$$ x\n\ny $$',
  '> $$ x\n>\n> y $$',
  '\\(x\n\ny\\)',
  'set $HOME and $PATH',
  '`$a$` and ``$b`$``',
  '```sh\necho $a$\n```',
  '- ```\n  $$x$$\n  ```',
  '$ a $',
  '$$$$',
  '\\\\(not one)',
  'open $x and the end',
  `$${'x'.repeat(2_000)}$`,
])('finds none in %j', (text) => {
  expect(found(text)).toEqual([]);
});

it('finds an unclosed formula at the end of a growing text, unless a single dollar opens it', () => {
  expect(found('so \\[ \\frac{a_1', true)).toEqual(['open display  \\frac{a_1']);
  expect(found('so \\( a_1', true)).toEqual(['open inline  a_1']);
  expect(found('so $$x', true)).toEqual(['open display x']);
  expect(found('so $x', true)).toEqual([]);
  expect(found('$$\nx', true)).toEqual(['open display \nx']);
  expect(found('so \\[ \\frac{a_1', false)).toEqual([]);
});

it.each([
  '- Sushi: $$\n- Pizza: $$$ and',
  '- $$ cheap and',
  '- $$\n- $$$ and',
  '- $$\n-',
  '| Sushi | $$ | and',
  '| $$ | and',
  'price level $$ and',
  '$$ cheap and',
  '$$x\n\nanother paragraph',
  'US$$x and',
])('finds no formula at the end of %j while it grows', (text) => {
  expect(found(text, true)).toEqual([]);
});

it('returns the positions of formulas', () => {
  const text = 'a $x$ b $$y$$ c \\(z\\) d';
  expect(findFormulas(text, false).map(({ start, end }) => text.slice(start, end))).toEqual([
    '$x$',
    '$$y$$',
    '\\(z\\)',
  ]);
});

it.each([
  '$',
  '$a',
  '\\(',
  '\\[',
  '`',
  '$$',
  '$$ ',
  '$$x',
  '|$$',
  '> $$\n',
  '- $$\n',
  '```\n',
  '$a$ ',
  '\\(\n\n',
  '\n',
])('finds at most 500 formulas in 256,000 characters of %j', (piece) => {
  const text = piece.repeat(256_000 / piece.length);
  expect(findFormulas(text, true).length).toBeLessThanOrEqual(500);
});
