import { tests } from 'commonmark-spec';
import { expect, it, test } from 'vitest';
import { toHtml } from './toHtml.js';

/** Numbers of the examples that are parsed differently on purpose, by reason. */
const differences: Readonly<Record<string, readonly number[]>> = {
  // Inline HTML is text, and may contain markdown.
  'inline HTML': [
    148, 168, 187, 201, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623, 625,
    626, 627, 628, 629, 630, 631, 642, 643,
  ],
  // HTML is rendered as text anyway, so its lines are recognized by their ends, without a table of element names.
  'HTML blocks': [153, 154, 156, 157, 158, 185, 619, 620, 622, 624, 632],
  // GitHub links bare addresses, too.
  'bare addresses': [602, 608, 611, 612],
  // Models indent bullets below a number by two spaces.
  'bullets below a number': [297],
};
const isDifferent = new Set(Object.values(differences).flat());

const examples = tests.map(({ number, section, markdown, html }) => ({
  number,
  section,
  markdown: markdown.replaceAll('→', '\t').replace(/\n$/, ''),
  html: normalize(html.replaceAll('→', '\t')),
}));

it.each(examples.filter(({ number }) => !isDifferent.has(number)))(
  'parses example $number, $section',
  ({ markdown, html }) => {
    expect(normalize(toHtml(markdown))).toBe(html);
  },
);

test.each(Object.entries(differences))(
  'parses all listed examples for %s differently',
  (_, numbers) => {
    const same = examples.filter(
      ({ number, markdown, html }) =>
        numbers.includes(number) && normalize(toHtml(markdown)) === html,
    );
    expect(same.map(({ number }) => number)).toEqual([]);
  },
);

test('parses more than nine of ten examples as specified', () => {
  expect(isDifferent.size * 10).toBeLessThan(examples.length);
});

/** Removes line breaks between elements, which have no meaning. */
function normalize(html: string): string {
  return html.replace(/>\n+</g, '><').trim();
}
