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
])('finds the formulas of %j', (text, expected) => {
  expect(found(text)).toEqual(expected);
});

it.each([
  '$5 and $10',
  'from $5-$10, or 10$ at most',
  'It costs $5, or 10$.',
  'US$5 and AU$6',
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
  expect(found('so \\[ \\frac{a_1', false)).toEqual([]);
});

it('returns the positions of formulas', () => {
  const text = 'a $x$ b $$y$$ c \\(z\\) d';
  expect(findFormulas(text, false).map(({ start, end }) => text.slice(start, end))).toEqual([
    '$x$',
    '$$y$$',
    '\\(z\\)',
  ]);
});

it.each(['$', '$a', '\\(', '\\[', '`', '$$', '```\n', '$a$ '])(
  'finds at most 500 formulas in 256,000 characters of %j',
  (piece) => {
    const text = piece.repeat(256_000 / piece.length);
    expect(findFormulas(text, true).length).toBeLessThanOrEqual(500);
  },
);
