import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import { splitText, type Splitting } from '../../../src/backend/search/splitText.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const split = (text: string, splitting?: Splitting) => [...splitText(text, splitting)];

/** Words are numbered, so that each passage occurs at one position only. */
const text = fc
  .array(fc.constantFrom('word', ' ', '\n', '. ', '# ', '。', '🍵', 'é', '\n\n'), {
    maxLength: 300,
  })
  .map((pieces) =>
    pieces
      .map((piece, index) =>
        piece.trim() === '' ? piece : `${String(index).padStart(3, '0')}${piece}`,
      )
      .join(''),
  );
const splitting = fc
  .record({
    size: fc.integer({ min: 24, max: 200 }),
    part: fc.double({ min: 0, max: 0.5, noNaN: true }),
  })
  .map(({ size, part }) => ({ size, overlap: Math.floor(size * part) }));

test('does not split a short text', () => {
  expect(split('Green tea.')).toEqual(['Green tea.']);
  expect(split(' \n ')).toEqual([]);
});

test('splits between sentences and repeats the end of the previous passage', () => {
  const sentences = Array.from(
    { length: 12 },
    (_, index) => `This is sentence number ${index}.`,
  ).join(' ');
  const passages = split(sentences, { size: 100, overlap: 40 });
  for (const passage of passages) expect(passage).toMatch(/\.$/);
  expect(
    passages.slice(1).every((passage, index) => passages[index]?.includes(passage.slice(0, 8))),
  ).toBe(true);
});

test('splits before a heading rather than between paragraphs', () => {
  const passages = split(
    `${'Some words. '.repeat(6)}\n\nMore words here.\n# Tea\n${'Green tea. '.repeat(8)}`,
    { size: 120, overlap: 0 },
  );
  expect(passages[1]).toMatch(/^# Tea\n/);
});

test('keeps all words and characters, and the maximum size', async () => {
  await assertProperty(
    fc.property(text, splitting, (written, rule) => {
      const passages = split(written, rule);
      let from = 0;
      let covered = 0;
      for (const [index, passage] of passages.entries()) {
        expect(passage.length).toBeLessThanOrEqual(rule.size);
        expect(passage).toBe(new TextDecoder().decode(new TextEncoder().encode(passage)));
        const isLast = index === passages.length - 1;
        const at = isLast
          ? written.trimEnd().length - passage.length
          : written.indexOf(passage, from);
        expect(written.startsWith(passage, at)).toBe(true);
        // Between two passages there is at most white space.
        expect(written.slice(covered, Math.max(covered, at)).trim()).toBe('');
        covered = Math.max(covered, at + passage.length);
        from = at;
      }
      expect(written.slice(covered).trim()).toBe('');
    }),
    { name: 'splitText', full: 1000, small: 100 },
  );
});

test('visits each character a bounded number of times', () => {
  const long = 'tea '.repeat(100_000);
  const slice = vi.spyOn(String.prototype, 'slice');
  const charAt = vi.spyOn(String.prototype, 'charAt');

  const passages = split(long, { size: 1600, overlap: 800 });

  const visited = slice.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
  expect(visited + charAt.mock.calls.length).toBeLessThan(6 * long.length);
  expect(passages.length).toBeLessThan(600);
});
