import { tests } from 'commonmark-spec';
import { expect, it, test } from 'vitest';
import { toHtml } from './toHtml.js';

/** Examples of the specification in which we differ on purpose, by number. */
const different: Readonly<Record<string, readonly number[]>> = {
  // HTML in a line is text for us, and marks in it are marks.
  'HTML within lines': [
    148, 168, 187, 201, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623, 625,
    626, 627, 628, 629, 630, 631, 642, 643,
  ],
  // HTML is rendered as text anyway, so its lines are recognized by their ends, without a table of element names.
  'which lines are HTML': [153, 154, 156, 157, 158, 185, 619, 620, 622, 624, 632],
  // The names of 2,231 characters would be larger than the parser. Those that prose uses are known.
  'rare names of characters': [25, 32, 33, 34, 503],
  // GitHub does the same.
  'addresses without marks around them': [602, 608, 611, 612],
  // Models put two blanks before what stands below a number.
  'a bullet below a number': [297],
};
const isDifferent = new Set(Object.values(different).flat());

const examples = tests.map(({ number, section, markdown, html }) => ({
  number,
  section,
  markdown: markdown.replaceAll('→', '\t').replace(/\n$/, ''),
  html: normal(html.replaceAll('→', '\t')),
}));

it.each(examples.filter(({ number }) => !isDifferent.has(number)))(
  'reads example $number, $section',
  ({ markdown, html }) => {
    expect(normal(toHtml(markdown))).toBe(html);
  },
);

test.each(Object.entries(different))(
  'differs in what is listed of %s, and in nothing else',
  (_, numbers) => {
    const alike = examples.filter(
      ({ number, markdown, html }) => numbers.includes(number) && normal(toHtml(markdown)) === html,
    );
    expect(alike.map(({ number }) => number)).toEqual([]);
  },
);

test('at least nine of ten examples are read as they are specified', () => {
  expect(isDifferent.size * 10).toBeLessThan(examples.length);
});

/** Line breaks between elements mean nothing. */
function normal(html: string): string {
  return html.replace(/>\n+</g, '><').trim();
}
